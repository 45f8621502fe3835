// The chat page on a municipality's own site: put this where it should stand.
//
//   <script src="https://HOST/static/embed.js" data-kommune="Trondheim" data-lang="nn" async></script>
//
// It adds a frame and nothing else: no cookies, no code of ours in the host's page. The operator
// names the sites that may do so in the setting `frame_ancestors`.

(() => {
  const script = document.currentScript;
  const { kommune = "", lang = "nb", height = "720" } = script.dataset;
  const address = new URL(lang === "nb" ? "/" : `/${lang}`, script.src);
  if (kommune) address.searchParams.set("kommune", kommune);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = "Kommunesvar";
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox");
  frame.style.cssText = `width: 100%; height: ${Number(height) || 720}px; border: 0;`;
  script.after(frame);
})();
