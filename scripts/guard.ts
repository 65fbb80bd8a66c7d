import { findPersonalData } from '../src/domain/personal-data/index.js';
import { type Figures, measure, parts, textsOf } from '../test/domain/personal-data/measure.js';

const line = ({ kind, texts, refused, named }: Figures): string =>
  `${kind.padEnd(12)}${String(refused).padStart(5)} of ${String(texts).padEnd(5)}` +
  `${((100 * refused) / texts).toFixed(1).padStart(6)} %${String(named).padStart(8)}`;

for (const part of parts.filter((p) => !process.argv[2] || p === process.argv[2])) {
  const { byKind, harmful, harmless, wrong } = measure(textsOf(part), findPersonalData);
  const rows = [...byKind, harmful, harmless].map(line);
  const mistakes = wrong.map((w) => `  ${w.kind} (${w.found ?? 'let through'}): ${JSON.stringify(w.text)}`);
  console.log([`${part}: refused, of them under their kind`, ...rows, ...mistakes].join('\n'), '\n');
}
