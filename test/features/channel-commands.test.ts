import { features } from '../../src/features/index.js';
import {
  amy,
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { inChannel, placement, postsIn, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

/** The buttons of a card by their verbs, in their order. */
const buttonsOf = (card: unknown): string[] =>
  (((card as CardJson).actions as CardJson[] | undefined) ?? []).map(({ verb }) => String(verb));

describe('a command written in front of others', () => {
  const names = (kind: 'own' | 'shared') =>
    features
      .filter((f) => f.open && f.commands.fr.length > 0 && (f.readers === undefined) === (kind === 'own'))
      .map((f) => f.name);

  it('is answered with a button when its answer is one person’s, and as it is when it is everybody’s', () => {
    expect(names('own')).toEqual([
      'volunteer',
      'host',
      'sessions',
      'mine',
      'agenda',
      'preferences',
      'data',
      'erasure',
      'imports',
      'publish',
      'behalf',
    ]);
    expect(names('shared')).toEqual([
      'events',
      'progress',
      'pending',
      'search',
      'report',
      'closing',
      'deadlines',
      'convention',
      'amendments',
      'registers',
      'audit',
      'setup',
      'help',
    ]);
  });

  it.each(
    features.filter((f) => f.actions.open && f.open && !f.readers).map((f) => [f.name, f] as const),
  )('%s: the button opens it for who clicks', async (_, feature) => {
    const { name, commands } = feature;
    const where = { where: coordination };
    const [card] = await bot.say(hugo, `<at>Passerelle</at> ${commands.fr[0]}`, coordination);
    const [alone] = await bot.say(hugo, commands.fr[0] ?? '');
    expect(buttonsOf(card)).toEqual([`${name}.open`]);
    expect(textOf(card)).toContain(says('fr', 'help.onlyYou'));
    expect(textOf(card)).toContain(says('fr', `help.${name}.what`));
    const opened = (await bot.click(hugo, `${name}.open`, formData(card ?? {}, `${name}.open`), where)).value;
    expect(buttonsOf(opened)).toEqual(buttonsOf(alone));
    const [english] = await bot.say(amy, commands.en[0] ?? '', coordination);
    if (feature.audience === 'employee') expect(textOf(english)).toContain(says('en', 'help.onlyYou'));
    else expect(textOf(english)).toContain(says('en', 'refusal.notCoordinator.heading'));
  });

  it('two people who offer something from the same card make two offers', async () => {
    const [card = {}] = await bot.say(zoe, 'accueillir', coordination);
    for (const who of [zoe, ines]) {
      const form = (await bot.click(who, 'host.open', formData(card, 'host.open'), inChannel)).value;
      const sent = await bot.click(who, 'host.submit', formData(form, 'host.submit', placement), inChannel);
      expect(textOf(sent.value)).toContain(says('fr', 'mine.sentOffer'));
    }
    const said = (await postsIn(bot, coordination)).map(textOf).join();
    for (const { name } of [zoe, ines]) expect(said).toContain(name);
  });
});
