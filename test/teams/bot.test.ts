import fc from 'fast-check';
import { features } from '../../src/features/index.js';
import { hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, all, errorText, keepingLog, says, startFast, written } from '../support/flows.js';

const { lines, log } = keepingLog();
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ parts: { log } });
  await bot.setUp([hugo]);
  await bot.say(ines, 'aide');
});
afterAll(() => bot.close());

const send = async (more: object) => {
  const answer = await bot.raw(activityFrom(bot, ines, more));
  return { status: answer.status, text: await answer.text() };
};
const invokeWith = (value: unknown, name = 'adaptiveCard/action') => send({ type: 'invoke', name, value });
const verbs = features.flatMap((f) => Object.keys(f.actions).map((name) => `${f.name}.${name}`));

/** The answers that the protocol allows, and nothing of the inside in them. */
async function expectCalm(answer: Promise<{ status: number; text: string }>) {
  const { status, text } = await answer;
  expect([200, 202, 400, 403, 501]).toContain(status);
  expect(text).not.toMatch(/node_modules|\.ts:|\.js:| at Object| at async/);
  expect(text).not.toContain(process.cwd());
  return { status, text };
}

describe('an activity with something missing or odd', () => {
  const rows: [string, object][] = [
    ['no type', { type: undefined }],
    ['an empty type', { type: '' }],
    ['a type that is a number', { type: 7 }],
    ['a type nobody knows', { type: 'telepathy' }],
    ['no sender', { from: undefined }],
    ['a sender that is a string', { from: 'me' }],
    ['a sender without an id', { from: { name: 'X' } }],
    ['no conversation', { conversation: null }],
    ['a conversation without an id', { conversation: {} }],
    ['no recipient', { recipient: undefined }],
    ['another channel of the Bot Framework', { channelId: 'webchat' }],
    ['no channel', { channelId: undefined }],
    ['a service URL that is none', { serviceUrl: 'not a url' }],
    ['channel data that is a string', { channelData: 'x' }],
    ['no channel data', { channelData: null, text: 'aide' }],
    ['text that is an object', { text: { toString: 'x' } }],
    ['a value of null', { text: 'aide', value: null }],
    ['a value that is a string', { text: 'aide', value: 'x' }],
    ['a value that is an array', { text: 'aide', value: [] }],
    ['a verb that is an object', { value: { verb: {} } }],
    ['attachments that are none', { text: 'aide', attachments: 'x', entities: 7 }],
    ['members that are none', { type: 'conversationUpdate', membersAdded: 'x' }],
    ['members without ids', { type: 'conversationUpdate', membersAdded: [{}] }],
    ['an id of 2,000 characters', { id: 'x'.repeat(2_000) }],
    ['a lone surrogate and a NUL in the text', { text: '\ud800\u0000aide\udfff' }],
    [
      'a lone surrogate in the name',
      { from: { id: '29:x', name: '\ud800', aadObjectId: 'x' }, text: 'aide' },
    ],
    ['mention entities that are odd', { text: 'aide', entities: [null, { type: 'mention' }] }],
  ];
  it.each(rows)('%s: answered calmly, and no offer, decision or figure changes', async (_, more) => {
    const before = await written(bot);
    await expectCalm(send(more));
    expect(await written(bot)).toBe(before);
    expect(textOf((await bot.say(ines, 'aide'))[0])).toContain(says('fr', 'help.help.heading'));
  });

  it('somebody without an account of the company is told so, and not remembered', async () => {
    const people = await all(bot, 'people');
    const from = { id: '29:guest', name: 'Guest' };
    await send({ from, text: 'aide', conversation: { id: 'a:29:guest', conversationType: 'personal' } });
    expect(textOf(bot.connector.posts.at(-1)?.card)).toContain(says('fr', 'refusal.unknownPerson.heading'));
    expect(await all(bot, 'people')).toEqual(people);
  });
});

describe('an invoke', () => {
  it.each([
    undefined,
    '',
    'composeExtension/query',
    'task/fetch',
    'signin/verifyState',
    '__proto__',
    'x'.repeat(199),
  ])('named %s is not ours: 501, as the protocol says', async (name) => {
    const { status } = await expectCalm(send({ type: 'invoke', name, value: {} }));
    expect(status).toBe(501);
  });

  it.each([
    [null],
    ['x'],
    [7],
    [[]],
    [{}],
    [{ action: null }],
    [{ action: 'x' }],
    [{ action: { verb: null } }],
    [{ action: { verb: 'x'.repeat(100_000) } }],
    [{ action: { verb: 'mine.open', data: 'x' } }],
    [{ action: { verb: 'mine.open', data: [] } }],
    [{ action: { verb: 'mine.open', data: null } }],
  ])('with a value nobody can read is answered as an outdated card', async (value) => {
    const { status, text } = await expectCalm(invokeWith(value));
    expect(status).toBe(200);
    expect(textOf(JSON.parse(text))).toContain(says('fr', 'refusal.outdated.heading'));
  });

  it.each([
    'gone.away',
    '',
    '__proto__',
    'constructor',
    'constructor.prototype',
    'mine.__proto__',
    'mine.constructor',
    'toString',
    'MINE.OPEN',
    'mine.open ',
    'weekly.weekly',
  ])('with the verb "%s", which is none, is answered as an outdated card', async (verb) => {
    const { statusCode, value } = await bot.click(ines, verb, { formKeys: 1 });
    expect(statusCode).toBe(200);
    expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
  });

  it('whose form is outdated is answered with an error, so that Teams keeps what was typed', async () => {
    const answer = await bot.click(ines, 'volunteer.submit', { id: 'x', formKey: 'y' });
    expect(answer).toMatchObject({ http: 200, statusCode: 400, type: 'application/vnd.microsoft.error' });
    expect(errorText(answer)).toContain(says('fr', 'refusal.outdated.why'));
  });

  it('with keys that could reach a prototype pollutes nothing', async () => {
    const data = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"id":"x"}';
    for (const verb of verbs) {
      const value = `{"action":{"verb":"${verb}","data":${data}}}`;
      const activity = JSON.stringify(
        activityFrom(bot, ines, { type: 'invoke', name: 'adaptiveCard/action' }),
      );
      const answer = await bot.raw(`${activity.slice(0, -1)},"value":${value}}`);
      expect(answer.status).toBe(200);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

const anyJson = fc.jsonValue({ maxDepth: 4 });
const odd = fc.oneof(
  anyJson,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', null, 'NaN', '1e999', '../../x'),
);
const oddData = fc.oneof(
  anyJson,
  fc.dictionary(
    fc.constantFrom(
      'id',
      'formKey',
      'kind',
      'level',
      'firstDay',
      'lastDay',
      'places',
      'page',
      'use',
      'language',
    ),
    odd,
  ),
);

it('whatever JSON comes as the value of a message or of an invoke is answered calmly', async () => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (value) => {
      await expectCalm(invokeWith(value));
      await expectCalm(send({ text: 'aide', value }));
    }),
    { numRuns: 60 },
  );
});

it('whatever data comes with any verb changes no record and is never a failure of ours', async () => {
  const failures = () => lines.filter((line) => line.includes('failed') || line.includes('could not')).length;
  const [before, failed] = [await written(bot), failures()];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...verbs), oddData, async (verb, data) => {
      const { status } = await expectCalm(invokeWith({ action: { verb, data } }));
      expect(status).toBe(200);
    }),
    { numRuns: 300 },
  );
  expect(failures()).toBe(failed);
  expect(await written(bot)).toBe(before);
});

it('a text that a form stores keeps a lone surrogate or a NUL from breaking the file', async () => {
  const [form = {}] = await bot.say(ines, 'proposer');
  const data = (form.actions as { verb?: string; data: object }[]).find(
    (a) => a.verb === 'volunteer.submit',
  )?.data;
  const inputs = {
    kind: 'classroom-talk',
    level: '4e',
    firstDay: '2026-12-08',
    from: '10:00',
    until: '11:00',
  };
  const odd = { school: 'Collège \ud800', remark: 'a\u0000b\udfff' };
  const { http } = await bot.click(ines, 'volunteer.submit', { ...data, ...inputs, ...odd });
  expect(http).toBe(200);
  await bot.restart();
  expect(textOf((await bot.say(ines, 'mes engagements'))[0])).toContain(says('fr', 'mine.group.toCome'));
});
