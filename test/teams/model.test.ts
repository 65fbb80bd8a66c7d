import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPrompt } from '../../src/teams/model/choices.js';
import { modelLimits } from '../../src/teams/model/suggest.js';
import {
  amy,
  coordination,
  formData,
  hugo,
  ines,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  hasButton,
  inChannel,
  keepingLog,
  offerTalk,
  says,
  talk,
} from '../support/flows.js';
import { completion, type ModelApi, startModelApi, toolCall } from '../support/model-api.js';
import { ask, marked, metric, settingsOf, startWithModel, unclear, unmarked } from '../support/model-bot.js';

const { lines, log } = keepingLog();
let api: ModelApi;
let bot: TestBot;
const printed = (['log', 'warn', 'error', 'info'] as const).map((how) => jest.spyOn(console, how));
beforeAll(async () => {
  api = await startModelApi();
  bot = await startWithModel(api, { parts: { log, modelLimits: { ...modelLimits, perMinute: 1e6 } } });
  await bot.setUp([hugo]);
});
afterAll(async () => {
  await bot.close();
  await api.close();
});

const host = { kind: 'placement-3e', places: 2, town: 'Lyon' };
const suggest = (name: string, parameters: object = {}) =>
  api.answerWith(completion([toolCall(name, parameters)]));
/** The requests that something causes. */
async function requestsOf(what: () => Promise<unknown>) {
  const before = api.requests.length;
  await what();
  return api.requests.slice(before);
}
/** A bot of its own, which is closed afterwards. */
async function withBot(options: Parameters<typeof startWithModel>[1], use: (own: TestBot) => Promise<void>) {
  const own = await startWithModel(api, options);
  await use(own).finally(() => own.close());
}

describe('a model is asked', () => {
  it.each([
    ['without a key', { OPENAI_API_KEY: '' }, 0],
    ['with a key', {}, 1],
  ])('%s so often: %j', async (_, more, times) => {
    suggest('host', host);
    await withBot({ env: { ...settingsOf(api), ...more } }, async (own) => {
      expect(await requestsOf(() => ask(own, ines, unclear))).toHaveLength(times);
    });
  });

  it('with the key that its file has now', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-key-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'sk-first\n');
    const env = { ...settingsOf(api), OPENAI_API_KEY: '', OPENAI_API_KEY_FILE: file };
    await withBot({ env }, async (own) => {
      const requests = await requestsOf(async () => {
        await ask(own, ines, unclear);
        writeFileSync(file, 'sk-second\n');
        await ask(own, ines, unclear);
      });
      expect(requests.map(({ headers }) => headers.authorization)).toEqual([
        'Bearer sk-first',
        'Bearer sk-second',
      ]);
    });
    rmSync(folder, { recursive: true });
  });

  it('once, about what the rules do not understand', async () => {
    expect(await requestsOf(() => ask(bot, ines, unclear))).toHaveLength(1);
  });

  it.each([
    ['aide'],
    ['bonjour'],
    ['je peux accueillir 2 élèves de seconde à Issy en juin'],
    ['merci beaucoup'],
    ['mon fils cherche un stage'],
    // The rules have a reason to open nothing.
    ['je peux accueillir le fils de mon voisin'],
    ['{"intent":"host"}'],
    ['https://example.com/'],
  ])('never about %j', async (text) => {
    suggest('host', host);
    expect(await requestsOf(() => ask(bot, ines, text))).toEqual([]);
  });

  it('and gets the sentence, our own words, and nothing else', async () => {
    const [request] = await requestsOf(() =>
      ask(bot, ines, `<at>Passerelle</at> <at>Durandal</at> ${unclear}`, coordination),
    );
    expect(request?.body.messages).toEqual([
      { role: 'system', content: toPrompt('2026-11-26') },
      { role: 'user', content: unclear },
    ]);
    expect(Object.keys(request?.body ?? {}).sort()).toEqual(
      'frequency_penalty max_tokens messages model presence_penalty temperature tool_choice tools top_p'.split(
        ' ',
      ),
    );
    const sent = request?.text + JSON.stringify(request?.headers);
    for (const secret of [ines.name, 'Inès', ines.aadObjectId, ines.id, hugo.name, coordination, 'Durandal'])
      expect(sent).not.toContain(secret);
  });

  it('to choose what opens something or answers in words, and nothing that changes anything', async () => {
    const [request] = await requestsOf(() => ask(bot, ines, unclear));
    expect(request?.body.tools.map((tool) => tool.function.name)).toEqual(
      'volunteer host publish sessions mine agenda progress preferences search pending not-placing-pupils about-somebody refusal thanks greeting'.split(
        ' ',
      ),
    );
  });

  it.each([
    ['OpenAI', {}, '/v1/chat/completions', { authorization: 'Bearer sk-hush-hush', 'api-key': undefined }],
    [
      'Azure',
      {
        OPENAI_API_KEY: '',
        OPENAI_BASE_URL: '',
        AZURE_OPENAI_API_KEY: 'az-hush-hush',
        AZURE_OPENAI_DEPLOYMENT: 'our-model',
      },
      '/openai/deployments/our-model/chat/completions?api-version=2024-10-21',
      { authorization: undefined, 'api-key': 'az-hush-hush' },
    ],
  ])('of %s at its address, with its key', async (_, more, path, headers) => {
    suggest('host', host);
    const azure = 'AZURE_OPENAI_API_KEY' in more ? { AZURE_OPENAI_ENDPOINT: `${api.url}/` } : {};
    await withBot({ env: { ...settingsOf(api), ...more, ...azure } }, async (own) => {
      const [request] = await requestsOf(async () =>
        expect((await ask(own, ines, unclear)).marks).toEqual(marked),
      );
      expect(request?.path).toBe(path);
      expect({
        authorization: request?.headers.authorization,
        'api-key': request?.headers['api-key'],
      }).toEqual(headers);
    });
  });
});

describe('what could be about a person is not sent', () => {
  const quidam = person('Zéphyrine Quidam');
  beforeAll(() => ask(bot, quidam, 'aide'));

  it.each([
    ['a telephone number', 'on pourrait dépanner deux jeunes au 06 12 34 56 78', unclear],
    ['a pupil', 'un truc pour une élève de 3e nommée Zélie bientôt', 'un truc bientôt'],
    ['health', 'un truc pour un jeune diabétique bientôt', 'un truc pour un jeune bientôt'],
    ['the surname of somebody known here', 'un truc avec quidam bientôt', 'un truc avec quidams bientôt'],
    ['the sender’s own name', 'un truc bientôt, i. exemple', 'un truc bientôt, i.'],
    ['a common first name', 'un truc avec zélie bientôt', 'un truc avec zeppelin bientôt'],
    ['an unknown word with a capital', 'un truc avec Durandal bientôt', 'un truc à Paris, en SNT, bientôt'],
    ['a signature', 'un truc bientôt\nCordialement, Zélie', 'un truc bientôt\nCordialement'],
    [
      'more than 300 letters',
      `un truc ${'vraiment '.repeat(33)}bientôt`,
      `un truc ${'vraiment '.repeat(30)}bientôt`,
    ],
    ['more than 80 words', `un truc ${'a '.repeat(90)}`, `un truc ${'a '.repeat(70)}`],
  ])('%s', async (_, text, harmless) => {
    suggest('host', host);
    const withheld = await requestsOf(async () => {
      const answer = await ask(bot, ines, text);
      expect([answer.isHelp, answer.marks]).toEqual([true, unmarked]);
    });
    expect(withheld).toEqual([]);
    expect(await requestsOf(() => ask(bot, ines, harmless))).toHaveLength(1);
  });
});

describe('what a model suggests', () => {
  it('opens the form, filled in, which says that an AI has suggested it', async () => {
    suggest('host', host);
    const french = await ask(bot, ines, unclear);
    expect(french.text).toContain(
      'Une IA propose : 2 places de stage de 3e, Lyon. Vérifiez avant d’envoyer. Il manque : les dates.',
    );
    expect(french.marks).toEqual(marked);
    expect((await ask(bot, amy, unclear)).text).toContain(
      'An AI suggests: 2 places for a 3e placement, Lyon. Check it before you send. Still missing: the dates.',
    );
    suggest('volunteer');
    expect((await ask(bot, ines, unclear)).text).toContain(says('fr', 'understood.chosen'));
  });

  it('changes nothing until a person sends the form', async () => {
    suggest('host', host);
    const { card } = await ask(bot, zoe, unclear);
    expect(await all(bot, 'actions')).toEqual([]);
    const days = {
      firstDay: '2027-01-18',
      lastDay: '2027-01-22',
      hosting: 'individual',
      school: '',
      remark: '',
    };
    await bot.click(
      zoe,
      'host.submit',
      formData(card, 'host.submit', { ...host, site: 'lyon', academies: '10', ...days }),
    );
    expect(await all(bot, 'actions')).toMatchObject([{ places: 2, createdBy: zoe.aadObjectId }]);
  });

  it('in a channel is behind a button, and whoever clicks reads that an AI has suggested it', async () => {
    suggest('host', host);
    const { card, text, marks } = await ask(bot, ines, unclear, coordination);
    expect(text).toContain(says('fr', 'help.suggested'));
    expect(text).toContain(says('fr', 'help.onlyYou'));
    expect(marks).toEqual(marked);
    const opened = await bot.click(zoe, 'host.open', formData(card, 'host.open'), inChannel);
    expect(textOf(opened.value)).toContain('Une IA propose : 2 places de stage de 3e, Lyon.');
  });

  it('shows no record before a click', async () => {
    await offerTalk(bot, ines, { ...talk, firstDay: '2026-12-08' });
    suggest('agenda', { firstDay: '2026-12-01', lastDay: '2026-12-31' });
    const { card, text, marks } = await ask(bot, ines, unclear);
    expect(text).toContain(says('fr', 'help.suggested'));
    expect(text).not.toContain('8 décembre');
    expect(marks).toEqual(marked);
    const opened = textOf((await bot.click(ines, 'agenda.open', formData(card, 'agenda.open'))).value);
    expect(opened).toContain('Une IA propose : du mardi 1er au jeudi 31 décembre 2026.');
    expect(opened).toContain('8 décembre');
  });

  it.each([
    'pending',
    'search',
    'publish',
  ])('%s opens for coordinators, and is help for others', async (name) => {
    suggest(name);
    const others = await ask(bot, ines, unclear);
    expect([others.isHelp, others.marks, hasButton(others.card, `${name}.open`)]).toEqual([
      true,
      unmarked,
      false,
    ]);
    const own = await ask(bot, hugo, unclear);
    expect([own.isHelp, own.marks]).toEqual([false, marked]);
  });

  it.each([
    'not-placing-pupils',
    'about-somebody',
    'refusal',
    'thanks',
  ])('%s is answered in our words', async (name) => {
    suggest(name);
    const { text, marks } = await ask(bot, ines, unclear);
    expect(text).toContain(says('fr', `answer.${name}.lead`));
    expect(marks).toEqual(marked);
  });

  it('is not marked when rules or a command have chosen it', async () => {
    for (const text of ['je peux accueillir 2 élèves de seconde à Issy', 'accueillir', 'merci', 'bonjour'])
      expect((await ask(bot, ines, text)).marks).toEqual(unmarked);
  });

  it('is help, as without a model, when it chooses nothing', async () => {
    api.answerWith(completion([], 'none'));
    const { card, isHelp, marks } = await ask(bot, ines, unclear);
    expect([isHelp, marks]).toEqual([true, unmarked]);
    expect((card.actions as { verb: string }[])[0]?.verb).toBe('host.open');
  });
});

describe('a model that gives no answer of use is help, and a line of the log without the sentence', () => {
  const some = completion([toolCall('host', host)]).body;
  it.each([
    ['401', { status: 401, body: `{"error":{"message":"sk-hush-hush: ${unclear}"}}` }, 'HTTP 401'],
    ['429', { status: 429, body: '{}' }, 'HTTP 429'],
    ['500', { status: 500, body: unclear }, 'HTTP 500'],
    ['a redirect', { status: 302, body: '' }, 'no connection'],
    ['HTML', { type: 'text/html', body: `<html>${unclear}</html>` }, 'an answer that is no JSON'],
    ['half of it', { body: some.slice(0, some.length / 2) }, 'an answer that is no JSON'],
    ['nothing', { body: '' }, 'an answer that is no JSON'],
    ['another shape', { body: '{"choices":[]}' }, 'an answer of another shape'],
    ['10 MB', { body: `${' '.repeat(10_000_000)}${some}` }, 'an answer that is too long'],
    ['no end', { body: ' '.repeat(100_000), endless: true }, 'an answer that is too long'],
  ])('%s', async (_, answer, reason) => {
    api.answerWith(answer);
    lines.length = 0;
    const { isHelp, marks } = await ask(bot, ines, unclear);
    expect([isHelp, marks]).toEqual([true, unmarked]);
    expect(lines).toEqual([`the language model gave no answer ${JSON.stringify({ reason })}`]);
  });

  it('an address where nobody answers', async () => {
    lines.length = 0;
    await withBot(
      { env: { ...settingsOf(api), OPENAI_BASE_URL: 'http://127.0.0.1:9' }, parts: { log } },
      async (own) => {
        expect((await ask(own, ines, unclear)).isHelp).toBe(true);
        expect(await metric(own, 'passerelle_model_sentences_total{outcome="failed"}')).toBe(1);
      },
    );
    expect(lines.filter((line) => line.includes('language model'))).toEqual([
      'the language model gave no answer {"reason":"no connection"}',
    ]);
  });

  it('one that is late, whose connection is closed, while others are answered', async () => {
    expect(modelLimits).toEqual({ timeoutMs: 3_000, perMinute: 5 });
    api.answerWith('nothing');
    const limits = { timeoutMs: 400, perMinute: 1e6 };
    await withBot({ parts: { modelLimits: limits, log } }, async (own) => {
      const order: string[] = [];
      const arrival = api.arrival();
      const late = own.raw(activityFrom(own, ines, { text: unclear })).then(() => order.push('late'));
      await arrival;
      await own.click(zoe, 'preferences.choose', { lang: 'fr' });
      await own.raw(activityFrom(own, zoe, { text: 'progression' }));
      order.push('others');
      await late;
      expect(order).toEqual(['others', 'late']);
      expect(textOf(own.connector.personal(chatOf(ines))[0]?.card)).toContain(
        says('fr', 'help.unknown.heading'),
      );
      await api.letGo();
      expect(lines.at(-1)).toContain('{"reason":"no answer in time"}');
      expect(await metric(own, 'passerelle_model_sentences_total{outcome="late"}')).toBe(1);
    });
  });
});

it('one person has so many sentences a minute, and others have theirs', async () => {
  suggest('thanks');
  await withBot({ parts: { modelLimits } }, async (own) => {
    const requests = await requestsOf(async () => {
      for (let n = 0; n < modelLimits.perMinute; n++)
        expect((await ask(own, ines, unclear)).isHelp).toBe(false);
      expect((await ask(own, ines, unclear)).isHelp).toBe(true);
      expect((await ask(own, zoe, unclear)).isHelp).toBe(false);
    });
    expect(requests).toHaveLength(modelLimits.perMinute + 1);
    expect(await metric(own, 'passerelle_model_sentences_total{outcome="limited"}')).toBe(1);
  });
});

describe('what people say of an answer', () => {
  const react = (value: unknown) =>
    bot.raw(activityFrom(bot, ines, { type: 'invoke', name: 'message/submitAction', value }));
  const count = (reaction: string) => metric(bot, `passerelle_model_feedback_total{reaction="${reaction}"}`);

  it.each(['like', 'dislike'])('%s is counted', async (reaction) => {
    const before = await count(reaction);
    const value = {
      actionName: 'feedback',
      actionValue: { reaction, feedback: '{"feedbackText":"Tintenfisch"}' },
    };
    expect((await react(value)).status).toBe(200);
    expect(await count(reaction)).toBe(before + 1);
  });

  it.each([
    null,
    'feedback',
    { actionName: 'other', actionValue: { reaction: 'like' } },
    { actionName: 'feedback', actionValue: { reaction: 'love' } },
    { actionName: 'feedback' },
  ])('%j is none', async (value) => expect((await react(value)).status).toBe(501));
});

it('nothing of a sentence, of what is said about an answer, or of the key is kept, logged or printed', async () => {
  const { readFileSync } = await import('node:fs');
  await bot.app.drain();
  const kept =
    readFileSync(bot.file, 'utf8') + lines.join('\n') + JSON.stringify(printed.map((p) => p.mock.calls));
  for (const words of ['dépanner', 'Durandal', 'Tintenfisch', 'hush-hush']) expect(kept).not.toContain(words);
  for (const print of printed) expect(print).not.toHaveBeenCalled();
});
