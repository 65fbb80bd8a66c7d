/** What a drawn card must not have, measured where it is drawn. A pixel is left for rounding. */
export function faultsOf(frame) {
  return [cutTexts, brokenWords, cutFields, namelessInputs, silentRows, blankPictures].flatMap((check) =>
    check(frame),
  );
}

const short = (text) => `"${text.trim().replace(/\s+/g, ' ').slice(0, 60)}"`;

function* textsIn(frame) {
  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode } = walker;
    const parent = currentNode.parentElement;
    // A field's own text is measured with the field.
    if (!currentNode.data.trim() || parent.closest('select, textarea, datalist') || !parent.checkVisibility())
      continue;
    yield currentNode;
  }
}

/** All that can be read in it. */
export const visibleText = (frame) => [...textsIn(frame)].map(({ data }) => data).join(' ');

/** The edges that a text may not cross: its card, its nearest block, and all that hides what overflows. */
function* edgesAround(element, frame) {
  let block = false;
  for (let box = element; box; box = box.parentElement) {
    const { display, overflowX, overflowY } = getComputedStyle(box);
    const rect = box.getBoundingClientRect();
    const firstBlock = !block && !display.startsWith('inline');
    block ||= firstBlock;
    if (box === frame) yield { rect, down: true };
    else if (overflowX !== 'visible' || overflowY !== 'visible') yield { rect, down: true };
    else if (firstBlock) yield { rect, down: false };
    if (box === frame) return;
  }
}

function cutTexts(frame) {
  const faults = [];
  for (const text of textsIn(frame)) {
    const parent = text.parentElement;
    const range = document.createRange();
    range.selectNodeContents(text);
    const drawn = [...range.getClientRects()];
    const crosses = [...edgesAround(parent, frame)].some(({ rect, down }) =>
      drawn.some(
        (r) =>
          r.left < rect.left - 1 ||
          r.right > rect.right + 1 ||
          (down && (r.top < rect.top - 1 || r.bottom > rect.bottom + 1)),
      ),
    );
    const tooWide = parent.clientWidth > 0 && parent.scrollWidth > parent.clientWidth + 1;
    if (crosses || tooWide) faults.push(`text cut: ${short(text.data)}`);
  }
  return faults;
}

/** Words longer than this have to break on a phone. */
const LONG_WORD = 25;

function brokenWords(frame) {
  const faults = [];
  for (const text of textsIn(frame)) {
    const range = document.createRange();
    range.selectNodeContents(text);
    if (range.getClientRects().length < 2) continue;
    for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
      if (word.length > LONG_WORD) continue;
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push(`word broken: "${word}"`);
    }
  }
  return faults;
}

const pen = document.createElement('canvas').getContext('2d');
/** Room that a select keeps for its arrow. */
const ARROW = 20;

function cutFields(frame) {
  return [...frame.querySelectorAll('input:not([type=radio], [type=checkbox]), select')].flatMap((field) => {
    if (!field.offsetParent) return [];
    const style = getComputedStyle(field);
    const select = field.tagName === 'SELECT';
    const shown = select ? (field.selectedOptions[0]?.text ?? '') : field.value || field.placeholder;
    const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    const room = field.clientWidth - padding - (select ? ARROW : 0);
    pen.font = style.font;
    const { width } = pen.measureText(shown);
    return width > room + 1 ? [`value cut in a field: ${short(shown)}`] : [];
  });
}

function namelessInputs(frame) {
  return [...frame.querySelectorAll('input, select, textarea')].flatMap((field) => {
    // The renderer names the box around a field of searched choices instead of the field in it.
    const named = field.closest('.ac-choiceSetInput-filtered-container') ?? field;
    const ids = (named.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const labels = [...field.labels, ...ids.map((id) => document.getElementById(id))];
    return labels.some((label) => label?.textContent.trim()) ? [] : ['input without label'];
  });
}

/** Zero-width spaces only say where a long word may break. */
const wordsOf = (text) =>
  text
    .replaceAll('\u200b', '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+\.?/gu) ?? [];

/**
 * A row that can be chosen is heard by its title alone: each word seen in it has to be there, a shortened one
 * ("jeu.") as the start of a word. axe's own rule joins lines without a space ("4ejeudi"), and finds nothing said.
 */
function silentRows(frame) {
  return [...frame.querySelectorAll('.ac-selectable[aria-label]')].flatMap((row) => {
    const said = wordsOf(row.getAttribute('aria-label')).map((word) => word.replace('.', ''));
    const heard = (word) =>
      said.includes(word.replace('.', '')) ||
      (word.endsWith('.') && said.some((w) => w.startsWith(word.slice(0, -1))));
    const unheard = wordsOf(visibleText(row)).filter((word) => !heard(word));
    return unheard.length ? [`row title does not say ${short(unheard.join(' '))}`] : [];
  });
}

const blankPictures = (frame) =>
  [...frame.querySelectorAll('img')].flatMap((image) =>
    image.complete && image.naturalWidth > 0 ? [] : [`picture not shown: ${short(image.alt)}`],
  );
