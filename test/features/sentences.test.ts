import {
  amy,
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  hasButton,
  inChannel,
  keepingLog,
  offerTalk,
  placement,
  says,
  startFast,
  talk,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ now: '2026-11-26T09:00:00.000Z' });
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const say = async (who: TestPerson, text: string, where?: string): Promise<CardJson> =>
  (await bot.say(who, text, where))[0] ?? {};

/** The inputs of a card that have a value, by their ids. */
function valuesIn(node: unknown): Record<string, unknown> {
  if (Array.isArray(node)) return Object.assign({}, ...node.map(valuesIn));
  if (typeof node !== 'object' || node === null) return {};
  const { type, id, value, ...rest } = node as CardJson;
  const own =
    typeof type === 'string' && type.startsWith('Input.') && value !== undefined
      ? { [String(id)]: value }
      : {};
  return { ...own, ...valuesIn(Object.values(rest)) };
}
const headingOf = (card: CardJson): string => textOf(card);

describe('a sentence opens its form, filled in', () => {
  it.each([
    [
      ines,
      'Bonjour, je peux accueillir 2 élèves de seconde à Issy en juin. Merci !',
      'Compris : 2 places de stage de 2de, Issy-les-Moulineaux, du mardi 1er au mercredi 30 juin 2027.',
      {
        kind: 'placement-2de',
        places: 2,
        site: 'issy',
        academies: '25',
        firstDay: '2027-06-01',
        lastDay: '2027-06-30',
      },
    ],
    [
      amy,
      'I can host two interns in January',
      'Understood: 2 places, Friday 1 to Sunday 31 January 2027. Still missing: the kind of placement.',
      { places: 2, firstDay: '2027-01-01', lastDay: '2027-01-31' },
    ],
    [
      amy,
      'je peux accueillir un stagiaire de 3e à Lyon',
      'Understood: 1 place for a 3e placement, Lyon. Still missing: the dates.',
      { kind: 'placement-3e', places: 1, site: 'lyon', academies: '10' },
    ],
    [
      ines,
      'dispo pour parler de mon métier en 4e du 8 au 12 mars, le matin, à Toulouse',
      'Compris : une intervention en classe, niveau 4e, Toulouse, du lundi 8 au vendredi 12 mars 2027, le matin.',
      {
        kind: 'classroom-talk',
        level: '4e',
        academies: '16',
        halfDays: 'am',
        firstDay: '2027-03-08',
        lastDay: '2027-03-12',
      },
    ],
    [
      ines,
      'intervenir au lycée Exemple des Lumières en 2de le 10 mars de 9h à 10h',
      'Compris : une intervention en classe, niveau 2de, Lycée Exemple des Lumières, Lyon 7e, mercredi 10 mars 2027, de 9 h à 10 h.',
      { level: '2de', schools: '0699002K', firstDay: '2027-03-10', from: '09:00', until: '10:00' },
    ],
    [
      hugo,
      'le lycée Exemple des Lumières cherche 2 intervenants le 10 mars',
      'Compris : une intervention en classe, 2 personnes, Lycée Exemple des Lumières, Lyon 7e, mercredi 10 mars 2027. Il manque : le niveau et les heures.',
      { kind: 'classroom-talk', seats: 2, schools: '0699002K', firstDay: '2027-03-10' },
    ],
  ] as [TestPerson, string, string, object][])('%#', async (who, text, said, values) => {
    const card = await say(who, text);
    expect(textOf(card)).toContain(said);
    expect(valuesIn(card)).toMatchObject(values);
  });

  it('which is sent like any other', async () => {
    const form = await say(ines, 'je peux accueillir 2 élèves de 3e à Lyon du 18 au 22 janvier');
    const sent = await bot.click(
      ines,
      'host.submit',
      formData(form, 'host.submit', { ...placement, ...valuesIn(form) }),
    );
    expect(textOf(sent.value)).toContain(says('fr', 'mine.sentOffer'));
    expect((await all(bot, 'actions'))[0]).toMatchObject({ kind: 'placement-3e', places: 2, site: 'lyon' });
  });

  it('in a channel behind a button that keeps what was said', async () => {
    const card = await say(
      ines,
      '<at>Passerelle</at> je peux accueillir 2 élèves de seconde à Issy',
      coordination,
    );
    expect(textOf(card)).toContain(says('fr', 'help.onlyYou'));
    const opened = await bot.click(zoe, 'host.open', formData(card, 'host.open'), inChannel);
    expect(textOf(opened.value)).toContain('Compris : 2 places de stage de 2de, Issy-les-Moulineaux.');
    expect(valuesIn(opened.value)).toMatchObject({ kind: 'placement-2de', places: 2, site: 'issy' });
  });

  it('a command by itself opens it empty, as before', async () => {
    for (const command of ['accueillir', 'host']) {
      const card = await say(ines, command);
      expect(textOf(card)).toContain(says('fr', 'host.lead'));
      expect(valuesIn(card)).toMatchObject({ places: 1 });
      expect(valuesIn(card)).not.toHaveProperty('firstDay');
    }
  });
});

describe('a sentence opens the list it asks for', () => {
  /** A talk on a day, offered by Inès. */
  const offerOn = (firstDay: string) => offerTalk(bot, ines, { ...talk, firstDay });

  it('the one engagement it speaks of, with its button to withdraw, and nothing is withdrawn', async () => {
    const id = await offerOn('2026-12-08');
    await offerOn('2026-12-10');
    const card = await say(ines, 'annule mon intervention du 8 décembre');
    expect(hasButton(card, 'mine.withdraw')).toBe(true);
    expect(formData(card, 'mine.withdraw').id).toBe(id);
    expect((await all(bot, 'engagements')).map((e) => e.state)).toEqual(['pending', 'pending']);
  });

  it('those it speaks of, or all of them if there is none', async () => {
    await offerOn('2026-12-08');
    await offerOn('2026-12-10');
    await offerOn('2027-01-14');
    const december = textOf(await say(ines, 'mes interventions de décembre'));
    expect(december).toContain('Compris : du mardi 1er au jeudi 31 décembre 2026.');
    expect(december).toContain('mardi 8 décembre');
    expect(december).not.toContain('14 janvier');
    expect(textOf(await say(ines, 'annule ma visite de mars'))).toContain('14 janvier');
  });

  it('what comes on a day, for who may see it', async () => {
    await offerOn('2026-12-03');
    await offerOn('2026-12-10');
    const thursday = textOf(await say(ines, 'qui vient jeudi ?'));
    expect(thursday).toContain('Compris : jeudi 3 décembre 2026.');
    expect(thursday).not.toContain('10 décembre');
    expect(textOf(await say(zoe, 'qui vient jeudi ?'))).toContain(says('fr', 'understood.nothing'));
  });

  it.each([
    ['où en est-on ?', 'progress.heading'],
    ['how are we doing?', 'progress.heading'],
  ])('%s', async (text) => expect(headingOf(await say(ines, text))).toContain('0 personne mobilisée sur 10'));

  it('what only coordinators see is refused to others', async () => {
    expect(textOf(await say(zoe, "qu'est-ce que j'ai à valider ?"))).toContain(
      says('fr', 'refusal.notCoordinator.heading'),
    );
    expect(textOf(await say(hugo, "qu'est-ce que j'ai à valider ?"))).toContain('0 demande à valider');
  });
});

describe('what opens nothing is answered in words', () => {
  it.each([
    ['mon fils cherche un stage', 'not-placing-pupils'],
    ["le stage de Léa s'est bien passé", 'about-somebody'],
    ['je ne veux pas accueillir', 'refusal'],
    ['pas dispo en mars', 'refusal'],
    ['merci beaucoup', 'thanks'],
  ])('%s', async (text, answer) => {
    for (const where of ['personal', coordination]) {
      const card = await say(ines, text, where);
      expect(textOf(card)).toContain(says('fr', `answer.${answer}.heading`));
      expect(hasButton(card, 'host.submit')).toBe(false);
    }
    expect(textOf(await say(amy, text))).toContain(says('en', `answer.${answer}.lead`));
  });

  it('who says no is shown how to be left alone', async () => {
    const card = await say(ines, 'pas dispo en mars');
    expect(hasButton(card, 'preferences.open')).toBe(true);
  });
});

describe('what is not understood', () => {
  it('gets the help, the two likeliest commands first', async () => {
    const card = await say(ines, 'je suis dispo mardi');
    expect(textOf(card)).toContain(says('fr', 'help.unknown.heading'));
    expect(textOf(card)).toContain(says('fr', 'help.unknown.likely', { count: 2 }));
    const verbs = (card.actions as CardJson[]).map(({ verb }) => verb);
    expect(verbs.slice(0, 2)).toEqual(['volunteer.open', 'host.open']);
    expect(new Set(verbs).size).toBe(verbs.length);
  });

  it.each([
    ['host the team meeting on Tuesday', 'host.open'],
    ['accueillir ma belle-mère', 'host.open'],
    ['proposer un café', 'volunteer.open'],
  ])('%j only begins like a command, which is offered', async (text, verb) => {
    const card = await say(ines, text);
    expect(textOf(card)).toContain(says('fr', 'help.unknown.heading'));
    expect((card.actions as CardJson[])[0]?.verb).toBe(verb);
  });

  it('of which nobody is shown what only coordinators have', async () => {
    const card = await say(zoe, 'publie ou pas');
    expect(textOf(card)).toContain(says('fr', 'help.unknown.heading'));
    expect(hasButton(card, 'publish.open')).toBe(false);
  });
});

describe('what a button carries', () => {
  it.each([
    'kind=placement-9e',
    'firstDay=2027-02-30',
    'places=-1',
    'schools=../../etc/passwd',
    'site=<b>',
    'remark=hello',
    '__proto__=1',
    `school=${'a'.repeat(200)}`,
    'x'.repeat(3_000),
  ])('%j is refused as outdated', async (start) => {
    for (const verb of ['host.open', 'volunteer.open', 'mine.open', 'sessions.open', 'agenda.open']) {
      const { value } = await bot.click(ines, verb, { start });
      expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
    }
  });

  it.each([
    {},
    [],
    7,
    null,
    { length: { toString: 1 } },
  ])('%j instead of a text is refused too', async (start) => {
    const { value } = await bot.click(ines, 'host.open', { start });
    expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
  });

  it('a day that no form accepts is asked for', async () => {
    const { value } = await bot.click(ines, 'host.open', {
      start: 'kind=placement-3e&firstDay=2020-01-01&lastDay=2031-01-01',
    });
    expect(textOf(value)).toContain('Compris : Stage de 3e. Il manque : les dates.');
  });

  it('Markdown in a name is shown as it is', async () => {
    const { value } = await bot.click(ines, 'host.open', { start: 'town=**Lyon**&school=[x](http://y)' });
    expect(JSON.stringify(value)).toContain('\\\\*\\\\*Lyon');
  });
});

it('keeps and logs nothing of a sentence', async () => {
  const { lines, log } = keepingLog();
  const logged = await startFast({ parts: { log } });
  const sentence = "le stage de Zébulon s'est mal passé à Trifouillis";
  await logged.say(ines, sentence);
  await logged.say(ines, 'accueillir 2 élèves au lycée Zébulon 06 12 34 56 78');
  await logged.app.drain();
  const { readFileSync } = await import('node:fs');
  const kept = readFileSync(logged.file, 'utf8') + lines.join('\n');
  for (const word of ['Zébulon', 'Trifouillis', '06 12']) expect(kept).not.toContain(word);
  await logged.close();
});
