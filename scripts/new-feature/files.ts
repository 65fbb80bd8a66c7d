import type { NewFeature } from './feature.js';

interface NewFile {
  readonly file: string;
  readonly text: string;
  /** What to do with it now. */
  readonly now: string;
}

const code = ({ name, command }: NewFeature): string => `import { z } from 'zod';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';

function drawCard({ lang }: Pick<Actor, 'lang'>, services: Services): Card {
  const t = services.textIn(lang);
  return {
    template: '${name}-card',
    lang,
    summary: t('${name}.heading'),
    data: { heading: t('${name}.heading'), lead: t('${name}.lead') },
  };
}

/** A command that opens a card. */
export const ${name}: Feature = {
  name: '${name}',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['${command}'], en: ['${name}'] },
  open: async (actor, services) => drawCard(actor, services),
  actions: {
    open: action({
      input: z.looseObject({}),
      run: async (actor, _, services) => drawCard(actor, services),
    }),
  },
};
`;

const card = ({ name }: NewFeature): object => ({
  type: 'AdaptiveCard',
  body: [{ $part: 'head', eyebrow: `\${t.${name}.eyebrow}` }, { $part: 'lead' }],
});

const test = ({
  name,
  command,
}: NewFeature): string => `import { amy, ines, type TestBot, textOf } from '../support/bot.js';
import { lintCard } from '../support/card-lint.js';
import { says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
});
afterAll(() => bot.close());

it.each([
  ['fr', ines, '${command}'],
  ['en', amy, '${name}'],
] as const)('in %s its command and its button open the same card', async (lang, who, command) => {
  const [card = {}] = await bot.say(who, command);
  expect(textOf(card)).toContain(says(lang, '${name}.heading'));
  expect(lintCard(card)).toEqual([]);
  expect(textOf((await bot.click(who, '${name}.open')).value)).toBe(textOf(card));
});
`;

/** The files of a feature that there were not. */
export const newFiles = (feature: NewFeature): NewFile[] => [
  {
    file: `src/features/${feature.name}/index.ts`,
    text: code(feature),
    now: 'say what it is, who it is for (audience), and what its buttons do',
  },
  {
    file: `cards/${feature.name}-card.json`,
    text: JSON.stringify(card(feature)),
    now: `its card; draw it with GALLERY_ONLY=${feature.name} npm run gallery`,
  },
  {
    file: `test/features/${feature.name}.test.ts`,
    text: test(feature),
    now: 'what it does, as facts',
  },
];
