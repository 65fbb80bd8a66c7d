import { createLogLimit } from '../../src/teams/log-limit.js';
import { ines, type TestBot } from '../support/bot.js';
import { activityFrom, keepingLog, startFast } from '../support/flows.js';

describe('of what happens again and again', () => {
  const minute = 60_000;
  let lines: object[];
  let report: (kind: string) => void;
  beforeEach(() => {
    jest.useFakeTimers();
    lines = [];
    const limit = createLogLimit();
    report = (kind) => limit(kind, (facts) => lines.push({ kind, ...facts }));
  });
  afterEach(() => jest.useRealTimers());

  it('the first is logged at once, and the others once a minute as a number', () => {
    for (let i = 0; i < 10_000; i++) report('a');
    expect(lines).toEqual([{ kind: 'a' }]);
    jest.advanceTimersByTime(minute);
    expect(lines).toEqual([{ kind: 'a' }, { kind: 'a', more: 9_999 }]);
    for (let i = 0; i < 5; i++) report('a');
    jest.advanceTimersByTime(minute);
    expect(lines.slice(2)).toEqual([{ kind: 'a', more: 5 }]);
  });

  it('another kind is logged at once as well', () => {
    report('a');
    report('b');
    report('a');
    expect(lines).toEqual([{ kind: 'a' }, { kind: 'b' }]);
  });

  it('what stopped for a minute counts as new', () => {
    report('a');
    jest.advanceTimersByTime(minute);
    report('a');
    expect(lines).toEqual([{ kind: 'a' }, { kind: 'a' }]);
    jest.advanceTimersByTime(10 * minute);
    expect(lines).toHaveLength(2);
  });
});

describe('of a flood of requests that are refused', () => {
  let bot: TestBot;
  const { lines, log } = keepingLog();
  beforeAll(async () => {
    bot = await startFast({ parts: { log } });
  });
  afterAll(() => bot.close());

  it('one line of each kind is logged, and all are counted', async () => {
    const elsewhere = activityFrom(bot, ines, { text: 'aide', channelId: 'webchat' });
    const flood = Array.from({ length: 50 }, async (_, i) => {
      if (i % 2) return (await bot.raw(elsewhere)).status;
      return (await fetch(bot.url, { method: 'POST', body: 'x' })).status;
    });
    expect((await Promise.all(flood)).sort()).toEqual([...Array(25).fill(403), ...Array(25).fill(415)]);
    const refused = lines.filter((line) => line.includes('refused'));
    expect(refused).toHaveLength(2);
    const metrics = await (await fetch(bot.url.replace('/api/messages', '/metrics'))).text();
    for (const status of [403, 415])
      expect(metrics).toContain(`passerelle_turn_seconds_count{type="other",status="${status}"} 25`);
  });
});
