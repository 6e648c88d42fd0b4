// Pushes sale documents from one PouchDB to another over HTTP and says how many a second arrived.
//   node peer.mjs DOCUMENTS.jsonl
// Each line of the file is one document; the last line printed is JSON: {"documents": n, "seconds": s, "bytes": b}.
import express from 'express';
import expressPouch from 'express-pouchdb';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import PouchDB from 'pouchdb';

const BATCH = 500;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guitai-peer-'));
const lines = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
const documents = lines.map((line, n) => ({ _id: String(n).padStart(9, '0'), ...JSON.parse(line) }));

const Store = PouchDB.defaults({ prefix: path.join(folder, 'server') + path.sep });
fs.mkdirSync(path.join(folder, 'server'));
const app = express();
// In memory: its own configuration and log would otherwise land in the folder the benchmark was called from.
app.use('/', expressPouch(Store, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log') }));
const server = app.listen(0, '127.0.0.1');
await new Promise((ready) => server.on('listening', ready));

const local = new PouchDB(path.join(folder, 'local'));
for (let at = 0; at < documents.length; at += BATCH) await local.bulkDocs(documents.slice(at, at + BATCH));
const remote = new PouchDB(`http://127.0.0.1:${server.address().port}/sales`);
await remote.info();

const begin = process.hrtime.bigint();
const result = await local.replicate.to(remote, { batch_size: BATCH, batches_limit: 4 });
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const there = (await remote.info()).doc_count;
if (!result.ok || there !== documents.length) throw new Error(`${there} of ${documents.length} arrived`);
console.log(JSON.stringify({ documents: there, seconds, bytes: lines.reduce((sum, line) => sum + line.length, 0) }));
await local.close();
server.close();
fs.rmSync(folder, { recursive: true, force: true });
process.exit(0);
