import { type Company, type Instance, idsIn, openCompany } from './instances.js';

// Real leases and real pace: a busy machine takes its time.
jest.setTimeout(30_000);

let company: Company;
beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-11-23T08:00:00.000Z') }));
afterEach(() => void jest.useRealTimers());

const keys = (count: number, name = 'm'): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`);
/** Owes so many messages, in turn to so many conversations. */
async function oweTo(conversations: number, count: number, name = 'm'): Promise<void> {
  for (const [i, key] of keys(count, name).entries()) {
    await company.owe({ key, conversationId: `chat-${i % conversations}` });
  }
}
const senders = () => new Set(company.posts.map(({ by }) => by));
const holder = (): Instance => {
  const found = company.instances[company.posts.at(-1)?.by ?? -1];
  if (!found) throw new Error('nobody has sent anything yet');
  return found;
};
const others = () => company.instances.filter((instance) => instance !== holder());
const times = () => {
  const counts = new Map<string, number>();
  for (const { id } of company.posts) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};
const twice = () => [...times()].filter(([, n]) => n > 1).map(([id]) => id);
const inOrder = (conversations: number, name = 'm') => {
  for (let i = 0; i < conversations; i++) {
    const numbers = idsIn(company.posts, `chat-${i}`).map((id) => Number(id.slice(name.length)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
};

/** Goes on until messages are under way. */
async function untilUnderWay(): Promise<void> {
  while (!(await company.rows()).some(({ state }) => state === 'sending')) await company.run(10);
}

describe('three instances on one store', () => {
  beforeEach(() => {
    company = openCompany(3);
  });

  it('post everything once, in order, within the limits; one of them sends and lists', async () => {
    await oweTo(40, 400);
    for (const key of keys(70, 'c')) await company.owe({ key, conversationId: 'channel' });
    await company.runUntilSent(60_000);
    expect(times().size).toBe(470);
    expect([twice(), company.overLimit(), senders().size]).toEqual([[], 0, 1]);
    inOrder(40);
    expect(idsIn(company.posts, 'channel')).toEqual(keys(70, 'c'));
    expect(others().map((instance) => instance.lists())).toEqual([0, 0]);
  });

  it('send what another one owed within two seconds', async () => {
    await company.run(10_000);
    await company.owe({ key: 'a' });
    await company.run(2_200);
    expect(idsIn(company.posts, 'chat')).toEqual(['a']);
  });

  it('take over within 30 s when the one that sends is killed, also where a message was under way', async () => {
    await oweTo(3, 300);
    await company.run(5_000);
    await untilUnderWay();
    const before = company.posts.length;
    holder().kill();
    const killedAt = performance.now();
    await company.runUntilSent(300_000);
    const after = company.posts.slice(before).filter(({ at }) => at > killedAt + latency);
    for (const chat of ['chat-0', 'chat-1', 'chat-2']) {
      const next = after.find(({ conversationId }) => conversationId === chat);
      expect((next?.at ?? Infinity) - killedAt).toBeLessThan(30_000);
    }
    const unknown = (await company.rows()).filter(({ state }) => state === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(3);
    const sent = (await company.rows()).filter(({ state }) => state === 'sent');
    expect(sent.filter(({ id }) => times().get(id) !== 1)).toEqual([]);
    expect([twice(), company.overLimit(), senders().size]).toEqual([[], 0, 2]);
    inOrder(3);
  });

  it('take over when the second one is killed as well', async () => {
    await oweTo(10, 2_000);
    for (let i = 0; i < 2; i++) {
      await company.run(5_000);
      holder().kill();
      await company.run(25_000);
    }
    await company.runUntilSent(120_000);
    expect([twice(), company.overLimit(), senders().size]).toEqual([[], 0, 3]);
    inOrder(10);
  });

  it('hand over at once when the one that sends is stopped, and drop nothing', async () => {
    await oweTo(5, 200);
    await company.run(5_050);
    const began = performance.now();
    const stopping = holder().outbox.stop();
    await company.run(3_000);
    await stopping;
    expect(holder()).not.toBe(company.instances[company.posts[0]?.by ?? -1]);
    const [first] = company.posts.filter(({ by }) => by === company.posts.at(-1)?.by);
    expect((first?.at ?? Infinity) - began).toBeLessThan(3_000);
    await company.runUntilSent(60_000);
    expect((await company.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);
    expect([times().size, twice(), company.overLimit()]).toEqual([200, [], 0]);
    inOrder(5);
  });

  it('are replaced one after the other without losing or repeating anything', async () => {
    for (let i = 0; i < 3; i++) {
      await oweTo(5, 50, `round-${i}-`);
      await company.run(1_500);
      company.add();
      const stopping = company.instances[i]?.outbox.stop();
      await company.run(4_000);
      await stopping;
    }
    await company.runUntilSent(60_000);
    expect((await company.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);
    expect([times().size, twice(), company.overLimit()]).toEqual([150, [], 0]);
  });
});

const latency = 200;

describe('the limits across instances', () => {
  it('are kept by whoever takes over in the middle, for a conversation and for the app', async () => {
    company = openCompany(2);
    for (const key of keys(150, 'c')) await company.owe({ key, conversationId: 'channel' });
    await oweTo(400, 400);
    for (const _ of [1, 2, 3]) {
      await company.run(4_000);
      const stopping = holder().outbox.stop();
      company.add();
      await company.run(1_000);
      await stopping;
    }
    await company.runUntilSent(120_000);
    expect([times().size, twice(), company.overLimit()]).toEqual([550, [], 0]);
    expect(senders().size).toBeGreaterThan(2);
  });
});

describe('an instance that is slow, not dead,', () => {
  beforeEach(async () => {
    company = openCompany(2);
    await oweTo(4, 100);
    await company.run(2_050);
  });

  it('sends nothing more once another one may have taken over', async () => {
    const slow = holder();
    const resume = slow.pause();
    await company.run(60_000);
    const before = company.posts.filter(({ by }) => company.instances[by] === slow).length;
    expect(senders().size).toBe(2);
    resume();
    await company.run(60_000);
    expect(company.posts.filter(({ by }) => company.instances[by] === slow)).toHaveLength(before);
    expect([times().size, twice()]).toEqual([100, []]);
    expect((await company.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it('stops by itself when it cannot renew, before another one starts', async () => {
    await oweTo(4, 2_000, 'n');
    const apart = holder();
    apart.cutOff(true);
    const cutAt = performance.now();
    await company.run(8_500);
    const lastOfIts = company.posts.at(-1)?.at ?? 0;
    expect(lastOfIts - cutAt).toBeLessThan(8_500);
    await company.run(10_000);
    const next = company.posts.find(({ at }) => at > lastOfIts);
    expect(company.instances[next?.by ?? -1]).not.toBe(apart);
    expect(twice()).toEqual([]);
  });

  it('has no say any more in what another one has sent since', async () => {
    await company.owe({ key: 'card', conversationId: 'chat-9', actionId: '7' });
    await company.run(2_000);
    company.answer = () => 'late';
    await company.owe({ key: 'u', op: 'update', target: 'card', conversationId: 'chat-9', data: { n: 1 } });
    await company.run(1_100);
    const resume = holder().pause();
    company.answer = () => undefined;
    await company.run(40_000);
    await company.owe({ key: 'u', op: 'update', target: 'card', conversationId: 'chat-9', data: { n: 2 } });
    resume();
    await company.run(40_000);
    expect(company.updates.at(-1)).toMatchObject({ data: { n: 2 } });
    expect(await company.row('update:card')).toMatchObject({ state: 'sent', data: { n: 2 } });
  });
});

describe('a clock that jumps', () => {
  const hour = 3_600_000;

  it.each([
    ['forward', hour],
    ['back', -hour],
  ])('an hour %s while it sends changes neither order nor pace, and delays nothing', async (_, jump) => {
    company = openCompany(2);
    company.answer = (n) => (n % 7 === 0 ? 502 : undefined);
    await oweTo(20, 200);
    await company.run(3_000);
    for (const instance of company.instances) instance.setClock(jump);
    await oweTo(20, 200, 'n');
    await company.runUntilSent(60_000);
    expect([times().size, twice(), company.overLimit(), senders().size]).toEqual([400, [], 0, 1]);
    expect((await company.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it.each([
    ['ahead', hour],
    ['behind', -hour],
  ])('leaves a takeover as quick when the next instance is an hour %s', async (_, jump) => {
    company = openCompany(1);
    await oweTo(4, 100);
    await company.run(3_000);
    const next = company.add();
    next.setClock(jump);
    await untilUnderWay();
    holder().kill();
    const killedAt = performance.now();
    const before = company.posts.length;
    await company.runUntilSent(120_000);
    const after = company.posts.slice(before).filter(({ at }) => at > killedAt + latency);
    expect((after[0]?.at ?? Infinity) - killedAt).toBeLessThan(30_000);
    expect(twice()).toEqual([]);
    inOrder(4);
  });
});

describe('what goes wrong in Teams', () => {
  it('for three of ten requests leaves messages as owed, each once or listed', async () => {
    company = openCompany(3);
    const faults = [429, 412, 502, 504, 'lost', 'cut', 'late'] as const;
    company.answer = (n) => (n % 10 < 3 ? faults[Math.floor(n / 3) % faults.length] : undefined);
    await oweTo(30, 300);
    await company.runUntilSent(600_000);
    const rows = await company.rows();
    const states = new Set(rows.map(({ state }) => state));
    expect([...states].sort()).toEqual(['sent', 'unknown']);
    for (const { id, state } of rows) {
      if (state === 'sent') expect([id, times().get(id)]).toEqual([id, 1]);
      else expect(times().get(id) ?? 0).toBeLessThanOrEqual(1);
    }
    const listed = await company.store.read((r) => r.list('outbox', 'byEnd', 'undelivered'));
    expect(listed).toHaveLength(rows.filter(({ state }) => state === 'unknown').length);
    inOrder(30);
    expect(company.overLimit()).toBe(0);
  });
});
