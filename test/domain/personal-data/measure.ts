import { readFileSync } from 'node:fs';

/** The texts were written before the rules. The rules are written against `dev`, never against `held-out`. */
export const parts = ['dev', 'held-out'] as const;
export type Part = (typeof parts)[number];

export interface Labelled {
  readonly lang: string;
  /** What the text holds, or `harmless`. */
  readonly kind: string;
  readonly text: string;
}

export function textsOf(part: Part): Labelled[] {
  const file = JSON.parse(readFileSync(`test/domain/personal-data/${part}.json`, 'utf8'));
  const byLang = Object.entries(file as Record<string, Record<string, string[]>>);
  return byLang.flatMap(([lang, byKind]) =>
    Object.entries(byKind).flatMap(([kind, texts]) => texts.map((text) => ({ lang, kind, text }))),
  );
}

export interface Figures {
  readonly kind: string;
  readonly texts: number;
  readonly refused: number;
  /** Refused under their own kind. */
  readonly named: number;
}

type Guard = (text: string) => string | undefined;

/** What a guard makes of labelled texts: each kind, and the two totals that count. */
export function measure(texts: readonly Labelled[], guard: Guard) {
  const found = texts.map((t) => ({ ...t, found: guard(t.text) }));
  const figures = (kind: string, rows: typeof found): Figures => ({
    kind,
    texts: rows.length,
    refused: rows.filter((r) => r.found !== undefined).length,
    named: rows.filter((r) => r.found === r.kind).length,
  });
  const harmful = found.filter((r) => r.kind !== 'harmless');
  const harmless = found.filter((r) => r.kind === 'harmless');
  const kinds = [...new Set(harmful.map((r) => r.kind))];
  return {
    byKind: kinds.map((kind) =>
      figures(
        kind,
        harmful.filter((r) => r.kind === kind),
      ),
    ),
    harmful: figures('harmful', harmful),
    harmless: figures('harmless', harmless),
    wrong: found.filter((r) => (r.kind === 'harmless') !== (r.found === undefined)),
  };
}
