'use strict';
// Decodes ESC/POS jobs from files and prints a line of JSON for each: { text, codes, cuts, pulses, commands }.
// The parsing is npos'; added here is only `GS ( k`, which it refuses, and reading the parameters of a few commands.
// usage: node decode.js [--charset=GB18030] job.bin ...

const fs = require('fs');
const iconv = require('iconv-lite');
const Parser = require('npos/lib/parser');
const ruler = require('npos/lib/parser/ruler');
const rules = require('npos/lib/parser/rules');

const GS = 0x1d;
rules[GS]['(k'] = [0, 'd16'];

const words = process.argv.slice(2);
const charset = (words.find((word) => word.startsWith('--charset=')) || '--charset=GB18030').split('=')[1];
const normal = ruler.normalize(rules);

for (const path of words.filter((word) => !word.startsWith('--'))) {
  process.stdout.write(`${JSON.stringify(decoded(path))}\n`);
}

function decoded(path) {
  const raw = fs.readFileSync(path);
  const ast = new Parser(normal).analyze(raw);
  if (ast.error) {
    process.stderr.write(`${path}: ${ast.error.message}\n`);
    process.exit(1);
  }

  const result = { text: '', codes: [], cuts: 0, pulses: [], commands: [] };
  for (const node of ast.tree) {
    const at = node.offset;
    if (node.ascii === 'STX') {
      result.text += iconv.decode(raw.subarray(at, at + node.length), charset);
      continue;
    }
    const command = `${node.ascii} ${node.fn || ''}`.trim();
    result.commands.push(command);
    if (command === 'GS V') result.cuts += 1;
    if (command === 'ESC p') result.pulses.push([raw[at + 2] === 0 ? 2 : 5, raw[at + 3] * 2, raw[at + 4] * 2]);
    if (command === 'GS k') {
      const size = raw[at + 3];
      result.codes.push([raw[at + 2], raw.subarray(at + 4, at + 4 + size).toString('latin1')]);
    }
    if (command === 'GS (k' && raw[at + 6] === 80) {
      const size = raw.readUInt16LE(at + 3);
      result.codes.push(['qr', raw.subarray(at + 8, at + 5 + size).toString('latin1')]);
    }
  }
  return result;
}
