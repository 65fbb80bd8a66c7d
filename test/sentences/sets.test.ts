import { startValues } from '../../src/features/shared/start.js';
import { openSchools } from '../../src/reference/schools/school-list.js';
import { understand } from '../../src/sentences/understand.js';
import { toStart } from '../../src/teams/sentences.js';
import { aConvention } from '../support/builders.js';
import { forms, readContext, readParaphrased, readSet, score, setNames } from '../support/sentence-sets.js';

const schools = openSchools('data/schools.json');

describe.each(setNames())('of the sentences in %s.json', (name) => {
  const set = readSet(name);
  const result = score(set);

  it('none opens a form that it does not ask for', () => expect(result.wrongForms).toEqual([]));

  it('95 % are understood, and of 95 % what they state is read', () => {
    expect(result.rightIntents).toBeGreaterThanOrEqual(95);
    expect(result.rightSlots).toBeGreaterThanOrEqual(95);
  });

  it('whatever one states is what a button may carry', () => {
    for (const { slots } of set)
      expect(startValues.safeParse(toStart(slots, { schools, convention: aConvention() })).success).toBe(
        true,
      );
  });
});

describe('of the sentences in paraphrased.json, whose intent alone is labelled', () => {
  const known = readContext();
  const found = readParaphrased().map(({ text, intent }) => ({
    text,
    intent,
    found: understand(text, known).intent,
  }));

  it('no form is opened for one that asks for something else', () =>
    expect(found.filter((f) => f.found !== f.intent && forms.has(f.found))).toEqual([]));

  it('97 % are understood', () =>
    expect(found.filter((f) => f.found !== f.intent).length).toBeLessThan(found.length * 0.03));
});
