/* global AdaptiveCards, axe */
import { faultsOf, visibleText } from './checks.js';
import { markdownToHtml } from './markdown.js';
import { foldChoices, showDatesAsTeams } from './teams-look.js';

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

const element = (tag, className, parent) => {
  const made = document.createElement(tag);
  made.className = className;
  parent.append(made);
  return made;
};

/** Draws frames in columns, each under the shortest, and measures them. Called from node with `Sheet`, gives `Drawn`. */
globalThis.drawSheet = async ({ lang, css, hostConfig, columns, width, frames }) => {
  document.documentElement.lang = lang;
  document.title = 'Gallery';
  document.getElementById('theme').textContent = css;
  const board = document.getElementById('board');
  board.replaceChildren();
  board.style.cssText = 'display:flex;gap:8px;align-items:flex-start;width:max-content';
  const stacks = Array.from({ length: columns }, () => element('div', 'stack', board));
  for (const stack of stacks) stack.style.width = `${width}px`;

  const drawn = frames.map((frame) => {
    const stack = stacks.reduce((a, b) => (b.offsetHeight < a.offsetHeight ? b : a));
    const figure = element('figure', '', stack);
    element('figcaption', '', figure).textContent = frame.label;
    const host = element('div', 'host', figure);
    const box = element('div', 'frame', host);
    return { host, box, faults: drawCard(box, frame, hostConfig, lang) };
  });
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  for (const { box, faults } of drawn) faults.push(...faultsOf(box));
  await addAxeFaults(drawn);
  scrollTo(0, 0);
  return {
    height: Math.ceil(board.getBoundingClientRect().height),
    frames: drawn.map(({ host, box, faults }) => {
      const { x, y, width, height } = host.getBoundingClientRect();
      return { x, y, width, height, cardHeight: box.offsetHeight, faults: [...new Set(faults)] };
    }),
  };
};

let radioGroups = 0;

function drawCard(box, { card, clicks, expects }, hostConfig, lang) {
  const faults = [];
  const { error } = console;
  console.error = (...what) => faults.push(`console error: ${what.join(' ')}`);
  try {
    const drawing = new AdaptiveCards.AdaptiveCard();
    drawing.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    drawing.onExecuteAction = (action) => {
      if (expects.length) faults.push(`sent although fields are empty: "${action.title}"`);
    };
    drawing.parse(foldChoices(card));
    const rendered = drawing.render();
    // Radio buttons of one name switch each other off: cards of one page must not share names.
    radioGroups += 1;
    for (const radio of rendered.querySelectorAll('input[type=radio]')) radio.name += `-${radioGroups}`;
    box.append(rendered);
    for (const title of clicks) click(box, title, faults);
    document.activeElement?.blur();
    const said = visibleText(box);
    for (const message of expects)
      if (!said.includes(message)) faults.push(`message not shown: "${message}"`);
    showDatesAsTeams(box, lang);
  } catch (thrown) {
    faults.push(`console error: ${thrown}`);
  }
  console.error = error;
  return faults;
}

function click(box, title, faults) {
  const named = (root, selector) =>
    // The last one: a button of an open ShowCard can have the title of one above it.
    [...root.querySelectorAll(selector)].findLast(({ textContent }) => textContent.trim() === title.trim());
  const button = named(box, 'button');
  if (button) return button.click();
  for (const overflow of box.querySelectorAll('button[aria-label="More options"]')) {
    overflow.click();
    const folded = named(document, '.ac-ctrl-dropdown-item');
    if (folded) return folded.click();
    document.querySelector('.ac-ctrl-overlay')?.click();
  }
  faults.push(`no button "${title}" to click`);
}

/** Rules on whole pages have no sense for a card in a message; rows have a better check of our own. */
const RULES_OFF = [
  'label-content-name-mismatch',
  'region',
  'bypass',
  'page-has-heading-one',
  'landmark-one-main',
  'skip-link',
  'document-title',
];

async function addAxeFaults(drawn) {
  const { violations, incomplete } = await axe.run(
    { include: [['.frame']] },
    {
      elementRef: true,
      resultTypes: ['violations', 'incomplete'],
      rules: Object.fromEntries(RULES_OFF.map((rule) => [rule, { enabled: false }])),
    },
  );
  // White on white is left open by axe: such text could be hidden on purpose. In a card it never is.
  const invisible = incomplete.flatMap(({ nodes, ...rule }) => {
    const same = nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio'));
    return same.length ? { ...rule, nodes: same } : [];
  });
  for (const { id, impact, help, nodes } of [...violations, ...invisible]) {
    if (impact !== 'serious' && impact !== 'critical') continue;
    for (const { element: culprit } of nodes) {
      const text = (culprit.textContent || culprit.getAttribute('aria-label') || culprit.tagName)
        .trim()
        .slice(0, 40);
      const owner = drawn.find(({ box }) => box.contains(culprit));
      owner?.faults.push(`axe ${id} (${impact}): ${help}, at "${text}"`);
    }
  }
}
