/** Reads a JSON list of Mermaid sources from standard input; prints for each what the parser says against it, or null. */
import { text } from 'node:stream/consumers';
import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

// Parsing needs no browser, except that labels are cleaned for one.
Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (label) => label });

const faults = [];
for (const source of JSON.parse(await text(process.stdin))) {
  faults.push(
    await mermaid.parse(source).then(
      () => null,
      ({ message }) => message,
    ),
  );
}
process.stdout.write(JSON.stringify(faults));
