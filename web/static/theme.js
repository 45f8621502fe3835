// Light or dark: the system's choice until the person makes another, which this browser remembers.

const button = document.getElementById("theme");
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

function label() {
  button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
}

function remember(theme) {
  try {
    if (theme) localStorage.setItem("kommunesvar.theme", theme);
    return localStorage.getItem("kommunesvar.theme");
  } catch {
    return null; // storage is closed: the choice then lasts as long as the page
  }
}

if (window.top !== window) root.classList.add("embedded");
const kept = remember();
if (kept === "dark" || kept === "light") root.dataset.theme = kept;
button.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  remember(root.dataset.theme);
  label();
});
system.addEventListener("change", label);
label();
button.hidden = false;
