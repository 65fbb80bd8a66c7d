import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  type AuditEntry,
  type AuditFact,
  type AuditFault,
  type AuditHead,
  appendFact,
  auditKinds,
  createAuditCheck,
  eraseAuthor,
  headOf,
  orderRows,
} from '../../../src/domain/audit/chain.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

interface Chain {
  readonly entries: readonly AuditEntry[];
  readonly head: AuditHead | undefined;
}

function chainOf(
  facts: readonly AuditFact[],
  at: (i: number) => string = () => '2026-11-23T08:00:00.000Z',
): Chain {
  let head: AuditHead | undefined;
  const entries = facts.map((fact, i) => {
    const entry = appendFact(head, fact, { id: `e${i}`, at: at(i), salt: `salt ${i}` }, digest);
    head = headOf(entry);
    return entry;
  });
  return { entries, head };
}

function check({ entries, head }: Chain, known?: { number: number; hash: string }): AuditFault | undefined {
  const checking = createAuditCheck(digest, known);
  for (const entry of entries) checking.take(entry);
  return checking.end(head);
}

// Not the id of who is erased, which is looked for afterwards.
const word = fc.stringMatching(/^[a-z]{1,6}$/).filter((text) => !text.includes('ines'));
const factOf = fc.record({
  // An erasure names who is erased.
  kind: fc.constantFrom(...auditKinds.filter((kind) => kind !== 'erasure')),
  what: word,
  about: word,
  from: word,
  to: word,
  row: word,
  by: fc.constantFrom('ines', 'hugo', 'camille'),
});
const chains = (minLength: number) => fc.array(factOf, { minLength, maxLength: 12 }).map(chainOf);
const withPlace = (minLength = 1) =>
  chains(minLength).chain((chain) =>
    fc.record({ chain: fc.constant(chain), at: fc.nat({ max: chain.entries.length - 1 }) }),
  );
const replaceAt = ({ entries, head }: Chain, at: number, entry: AuditEntry): Chain => ({
  entries: entries.with(at, entry),
  head,
});

it('a chain that nobody touched is right, and so is one that has not begun', () => {
  fc.assert(fc.property(chains(0), (chain) => expect(check(chain)).toBeUndefined()));
});

it('of rows that are removed the first is named', () => {
  fc.assert(
    fc.property(withPlace(), fc.integer({ min: 1, max: 3 }), ({ chain, at }, many) => {
      const left = { ...chain, entries: chain.entries.toSpliced(at, many) };
      expect(check(left)).toEqual({ number: at + 1, because: 'missing' });
    }),
  );
});

it.each([
  'at',
  'what',
  'about',
  'from',
  'to',
  'row',
  'kind',
  'who',
  'previous',
  'hash',
] as const)('a row of which "%s" was altered is named', (field) => {
  fc.assert(
    fc.property(withPlace(), ({ chain, at }) => {
      const entry = chain.entries[at] as AuditEntry;
      const changed = { ...entry, [field]: `${entry[field]}-` };
      expect(check(replaceAt(chain, at, changed))).toEqual({ number: at + 1, because: 'altered' });
    }),
  );
});

it.each([
  -1,
  0,
  1.5,
  '2',
  null,
  undefined,
])('a row whose number is altered to %j is named by its place', (number) => {
  fc.assert(
    fc.property(withPlace(), ({ chain, at }) => {
      const changed = { ...chain.entries[at], number } as AuditEntry;
      expect(check(replaceAt(chain, at, changed))).toEqual({ number: at + 1, because: 'altered' });
    }),
  );
});

it.each([
  ['a text', { note: 'approved by Ines' }],
  ['of the same name as what each object has', { constructor: 'x' }],
  ['nothing in the place of no text', { from: null }],
])('a row that was given another field is named: %s', (_what, more) => {
  const { entries, head } = chainOf([{ kind: 'export', what: 'report', about: '2026', by: 'ines' }]);
  expect(check({ entries, head })).toBeUndefined();
  expect(check({ entries: [{ ...entries[0], ...more } as never], head })).toEqual({
    number: 1,
    because: 'altered',
  });
});

it('without the row whose number was altered, its own number is the first that is missing', () => {
  fc.assert(
    fc.property(withPlace(2), fc.integer({ min: -3, max: 12 }), ({ chain, at }, number) => {
      const { entries, head } = chain;
      fc.pre(number !== at + 1);
      const changed = entries.with(at, { ...(entries[at] as AuditEntry), number });
      for (const rows of [changed, changed.toReversed()]) {
        const { placed } = orderRows(rows, digest);
        expect(check({ entries: placed, head })).toEqual({ number: at + 1, because: 'missing' });
      }
    }),
  );
});

it('of two rows of one number the one that was altered is the stray', () => {
  const { entries } = chainOf(
    ['a', 'b'].map((what) => ({ kind: 'request', what, about: 'talk', by: 'hugo' }) as const),
  );
  const [first, second] = entries as [AuditEntry, AuditEntry];
  const forged = { ...second, number: 1 };
  expect(orderRows([forged, first], digest)).toEqual({ placed: [first], strays: [forged] });
  expect(orderRows([second, first, first], digest)).toEqual({ placed: [first, first, second], strays: [] });
});

it('a row that was altered and hashed again does not fit the next one, or the end', () => {
  fc.assert(
    fc.property(withPlace(), ({ chain, at }) => {
      const { entries } = chain;
      const { id, at: when, salt = '' } = entries[at] as AuditEntry;
      const before = entries[at - 1];
      const fact = { kind: 'request', what: 'forged', about: 'talk', by: 'ines' } as const;
      const forged = appendFact(before && headOf(before), fact, { id, at: when, salt }, digest);
      const isLast = at === entries.length - 1;
      expect(check(replaceAt(chain, at, forged))).toEqual(
        isLast ? { number: at + 1, because: 'end' } : { number: at + 2, because: 'unlinked' },
      );
    }),
  );
});

it('two rows that changed places, and a row that is there twice, are named', () => {
  fc.assert(
    fc.property(withPlace(2), ({ chain, at }) => {
      const first = Math.min(at, chain.entries.length - 2);
      const [one, other] = chain.entries.slice(first, first + 2) as [AuditEntry, AuditEntry];
      const swapped = { ...chain, entries: chain.entries.with(first, other).with(first + 1, one) };
      expect(check(swapped)?.number).toBe(first + 1);
      const renumbered = chain.entries
        .with(first, { ...other, number: one.number })
        .with(first + 1, { ...one, number: other.number });
      expect(check({ ...chain, entries: renumbered })).toEqual({ number: first + 1, because: 'altered' });
      const twice = { ...chain, entries: chain.entries.toSpliced(first, 0, one) };
      expect(check(twice)).toEqual({ number: first + 1, because: 'twice' });
    }),
  );
});

it('an end that is lost, or that of another chain, is named', () => {
  fc.assert(
    fc.property(chains(1), ({ entries }) => {
      const number = entries.length;
      expect(check({ entries, head: undefined })).toEqual({ number, because: 'end' });
      const shorter = { id: 'chain', number: number - 1, hash: entries.at(-2)?.hash ?? '' } as const;
      expect(check({ entries, head: shorter })).toEqual({ number, because: 'end' });
      expect(check({ entries, head: { id: 'chain', number, hash: 'other' } })).toEqual({
        number,
        because: 'end',
      });
    }),
  );
});

it('a chain that was cut or written anew as a whole differs from a row that was noted elsewhere', () => {
  const facts = ['approve', 'decline', 'approve'].map(
    (what) => ({ kind: 'request', what, about: 'talk', by: 'hugo' }) as const,
  );
  const real = chainOf(facts);
  const known = real.entries[1] as AuditEntry;
  expect(check(real, known)).toBeUndefined();
  expect(check(chainOf(facts.with(0, { ...facts[0], what: 'cancel' } as never)), known)).toEqual({
    number: 2,
    because: 'altered',
  });
  expect(check(chainOf(facts.slice(0, 1)), known)).toEqual({ number: 2, because: 'missing' });
});

describe('when somebody is erased', () => {
  const erasure = { kind: 'erasure', what: 'begun', about: 'random', by: 'ines' } as const;
  const erase = ({ entries, head }: Chain): Chain => ({
    entries: entries.map((entry) => (entry.by === 'ines' ? eraseAuthor(entry, 'random') : entry)),
    head,
  });

  it('the chain is as right as before, and nothing in it can be led back to them', () => {
    fc.assert(
      fc.property(fc.array(factOf, { maxLength: 12 }), fc.array(factOf, { maxLength: 3 }), (facts, later) => {
        const before = chainOf([...facts, erasure, ...later]);
        const after = erase(before);
        expect(check(after)).toBeUndefined();
        expect(JSON.stringify(after)).not.toContain('ines');
        for (const entry of after.entries) {
          expect('salt' in entry).toBe(entry.by !== 'random');
          expect(entry.hash).toBe(before.entries[entry.number - 1]?.hash);
        }
      }),
    );
  });

  describe('a row that names them', () => {
    const decision = (by: string) => ({ kind: 'request', what: 'approve', about: 'talk', by }) as const;
    const eraseFrom = ({ entries, head }: Chain, ...by: string[]): Chain => ({
      entries: entries.map((entry) => (by.includes(entry.by) ? eraseAuthor(entry, 'random') : entry)),
      head,
    });

    it.each([
      ['as the erasure begins', '2026-11-23T08:00:00.000Z', undefined],
      ['from a turn that had begun before', '2026-11-23T08:01:10.000Z', undefined],
      ['an hour later', '2026-11-23T09:00:00.000Z', undefined],
      ['more than an hour later', '2026-11-23T09:00:00.001Z', { number: 3, because: 'author' }],
      ['days later', '2026-11-30T08:00:00.000Z', { number: 3, because: 'author' }],
    ])('may come as long as turns of theirs may end: %s', (_when, at, fault) => {
      const days = ['2026-11-01T08:00:00.000Z', '2026-11-23T08:00:00.000Z', at, '2026-12-01T08:00:00.000Z'];
      const facts = [decision('ines'), erasure, decision('hugo'), decision('zoe')];
      const chain = chainOf(facts, (i) => days[i] as string);
      expect(check(chain)).toBeUndefined();
      expect(check(eraseFrom(chain, 'ines', 'hugo'))).toEqual(fault);
    });

    it('comes before the erasure by its place, also if a clock was ahead then', () => {
      const days = ['2026-11-30T08:00:00.000Z', '2026-11-23T08:00:00.000Z'];
      const chain = chainOf([decision('ines'), erasure], (i) => days[i] as string);
      expect(check(eraseFrom(chain, 'ines'))).toBeUndefined();
    });

    it('is no more in time because they seem to be erased once more', () => {
      const days = ['2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z', '2026-11-30T08:00:01.000Z'];
      const facts = [erasure, { ...erasure, by: 'zoe' }, decision('hugo')];
      const chain = chainOf(facts, (i) => days[i] as string);
      expect(check(eraseFrom(chain, 'ines', 'hugo'))).toEqual({ number: 3, because: 'author' });
    });

    it('is named after an earlier one that names nobody who was erased', () => {
      const days = ['2026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z'];
      const { entries, head } = chainOf(
        [erasure, decision('zoe'), decision('hugo')],
        (i) => days[i] as string,
      );
      const [first, second, third] = entries as [AuditEntry, AuditEntry, AuditEntry];
      const hidden = [
        eraseAuthor(first, 'random'),
        eraseAuthor(second, 'nobody'),
        eraseAuthor(third, 'random'),
      ];
      expect(check({ entries: hidden, head })).toEqual({ number: 2, because: 'author' });
    });
  });

  it('who names somebody else, with or without their salt, is found', () => {
    fc.assert(
      fc.property(withPlace(), ({ chain, at }) => {
        const entry = chain.entries[at] as AuditEntry;
        const fault = { number: at + 1, because: 'author' };
        expect(check(replaceAt(chain, at, { ...entry, by: 'somebody' }))).toEqual(fault);
        expect(check(replaceAt(chain, at, eraseAuthor(entry, 'somebody')))).toEqual(fault);
      }),
    );
  });
});
