import { playYear } from './year.js';

it('a term of a company of forty: every count equals a recount, and nobody is told anything twice, or in vain', async () => {
  const { world, faults, summary } = await playYear({
    employees: 40,
    seed: 11,
    from: '2026-10-05',
    until: '2026-11-15',
  });
  await world.bot.close();
  expect(faults).toEqual([]);
  expect(summary.join('\n')).toContain('answered that it took place');
}, 240_000);
