// An independent client of tus 1.0 (tus-js-client): sends a file, is interrupted and resumes, gives up.
// Prints one line of JSON. Arguments: endpoint, token, file, SHA-256.
import { readFile } from 'node:fs/promises';
import * as tus from 'tus-js-client';

const [endpoint, token, file, sha256] = process.argv.slice(-4);
const bytes = await readFile(file);

function options(more) {
  return {
    endpoint,
    chunkSize: 64 * 1024,
    retryDelays: [0, 50, 100, 200],
    headers: { authorization: `Bearer ${token}` },
    metadata: { filename: 'khai sinh.pdf', filetype: 'application/pdf', sha256 },
    ...more,
  };
}

function finished(more = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, options({
      ...more, onError: reject, onSuccess: () => resolve(upload.url),
    }));
    upload.start();
  });
}

// Interrupted after some chunks; the address is all that is left of it.
function interrupted() {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, options({
      onError: reject,
      onChunkComplete: async (size, accepted) => {
        if (accepted < 3 * 64 * 1024) return;
        await upload.abort();
        resolve({ url: upload.url, accepted });
      },
    }));
    upload.start();
  });
}

const given = await interrupted();
await tus.Upload.terminate(given.url, options({}));
const cut = await interrupted();
const resumed = await finished({ uploadUrl: cut.url });
console.log(JSON.stringify({ given: given.url, cut: cut.url, accepted: cut.accepted, resumed }));
