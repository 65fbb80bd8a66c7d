import { readFileSync } from 'node:fs';
import { coordination } from '../support/bot.js';
import { chatOf } from '../support/flows.js';
import { theme } from './theme.js';
import type { World } from './world.js';

/** How many messages each employee got, fewest first. */
export const countMessages = ({
  received,
  employees,
}: World): { name: string; chat: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const { to } of received) counts.set(to, (counts.get(to) ?? 0) + 1);
  return employees
    .map((who) => ({ name: who.name, chat: chatOf(who), count: counts.get(chatOf(who)) ?? 0 }))
    .sort((a, b) => a.count - b.count);
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A page that shows what some people received, in order, as cards, drawn by Microsoft's own renderer. */
export function writeReport(world: World, summary: readonly string[]): string {
  const counts = countMessages(world).filter(({ count }) => count > 0);
  const at = (share: number) => counts[Math.min(counts.length - 1, Math.floor(counts.length * share))];
  const readers = [
    ['An employee like most', at(0.5)],
    ['The employee with the most messages', at(1)],
    ['One in ten has more than this one', at(0.9)],
  ] as const;
  const chats = [
    ...readers.flatMap(([title, who]) =>
      who ? [{ title: `${title}: ${who.name}, ${who.count} messages`, id: who.chat }] : [],
    ),
    { title: 'The coordinators’ channel', id: coordination },
  ];
  const sections = chats.map(({ title, id }) => {
    const cards = world.received.filter(({ to }) => to === id);
    const shown = cards.slice(0, 150).map(({ at, card }) => ({ at, card }));
    const json = JSON.stringify(shown).replaceAll('<', '\\u003c');
    return `<section><h2>${escapeHtml(title)}</h2><p>${cards.length} messages</p><script type="application/json">${json}</script></section>`;
  });
  const library = readFileSync('node_modules/adaptivecards/dist/adaptivecards.min.js', 'utf8');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A year of Passerelle</title>
<style>${theme}</style><h1>A year of Passerelle</h1><pre>${escapeHtml(summary.join('\n'))}</pre>${sections.join('\n')}
<script>${library.replaceAll('</script', '<\\/script')}</script>
<script>
for (const section of document.querySelectorAll('section')) {
  for (const { at, card } of JSON.parse(section.querySelector('script').textContent)) {
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.parse(card);
    const box = document.createElement('article');
    const time = document.createElement('time');
    time.textContent = new Date(at).toLocaleString('en-GB', { timeZone: 'Europe/Paris', dateStyle: 'full', timeStyle: 'short' });
    box.append(time, drawn.render());
    section.append(box);
  }
}
</script></html>
`;
}
