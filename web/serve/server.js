// One question of each kind is open at a time: a newer one ends those before it.
const open = new Map();

async function ask(kind, path, body) {
  open.get(kind)?.abort();
  const controller = new AbortController();
  open.set(kind, controller);
  const headers = {};
  if (body) headers["Content-Type"] = "application/json";
  if (byId("key").value) headers.Authorization = `Bearer ${byId("key").value}`;
  try {
    const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal: controller.signal });
    if (answer.ok) return answer;
    throw new Error(await reason(answer));
  } catch (error) {
    if (error.name === "AbortError") return null;
    if (error instanceof TypeError) throw new Error("The server does not answer.");
    throw error;
  }
}

async function reason(answer) {
  const wait = answer.headers.get("Retry-After");
  let text = `${answer.status} ${answer.statusText}`;
  try {
    const { error } = await answer.json();
    text = error?.message ?? error ?? text;
  } catch {
    // What is no JSON says no more than its status.
  }
  return wait ? `${text} (again in ${wait} s)` : text;
}

const askJson = async (kind, path, body) => (await ask(kind, path, body))?.json();
const cancel = (kind) => open.get(kind)?.abort();

// Events of a stream, as objects, until it ends.
async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    for (let end; (end = waiting.indexOf("\n\n")) >= 0; waiting = waiting.slice(end + 2)) {
      const data = waiting.slice(0, end).replace(/^data: /, "");
      if (data === "[DONE]") return;
      yield JSON.parse(data);
    }
  }
}

// The weights of a layer, [heads, queries, keys]: see docs/serve.md.
function layerOf(buffer) {
  const view = new DataView(buffer);
  const [heads, queries, keys] = [8, 12, 16].map((at) => view.getUint32(at, true));
  const rows = heads * queries;
  const shares = new Uint8Array(buffer, 20 + 4 * rows);
  const maps = [];
  for (let head = 0; head < heads; ++head) {
    const values = new Float32Array(queries * keys);
    for (let query = 0; query < queries; ++query) {
      const row = head * queries + query;
      const scale = view.getFloat32(20 + 4 * row, true) / 255;
      for (let key = 0; key < keys; ++key) values[query * keys + key] = shares[row * keys + key] * scale;
    }
    maps.push(new AttentionMap(queries, keys, values, 1));
  }
  return maps;
}
