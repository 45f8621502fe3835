// POST a question, get events as they come: onEvent(name, data).

export async function askStream(body, onEvent, signal) {
  const response = await fetch("/api/v1/ask/stream", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw await readProblem(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  let finished = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    waiting += value;
    const events = waiting.split("\n\n");
    waiting = events.pop();
    for (const text of events) {
      const event = readEvent(text);
      if (!event) continue;
      if (event.name === "error") throw event.data;
      finished ||= event.name === "done";
      onEvent(event.name, event.data);
    }
  }
  if (!finished) throw { detail: "" };
}

async function readProblem(response) {
  try {
    return await response.json();
  } catch {
    return { status: response.status, detail: "" };
  }
}

function readEvent(text) {
  let name = "message";
  const data = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
