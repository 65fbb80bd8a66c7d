/**
 * The Markdown that Teams shows in cards: bold, italics, links, lists, and backslash escapes. `adaptivecards` brings
 * no Markdown of its own. The text is escaped first, so that nothing a person typed becomes HTML.
 */
export function markdownToHtml(text) {
  // Escaped characters wait outside the text, each behind a mark of the private use area.
  const kept = [];
  const keep = (character) => `\ue000${kept.push(escapeHtml(character)) - 1}\ue000`;
  const lines = text
    .replace(/\\([\\`*_{}[\]()#+\-.!~<>|])/g, (_, character) => keep(character))
    .split(/\r?\n/);
  const html = blocks(lines).join('');
  return html.replace(/\ue000(\d+)\ue000/g, (_, index) => kept[Number(index)]);
}

const escapeHtml = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

const inline = (text) =>
  escapeHtml(text)
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![\w*])\*(\S(?:.*?\S)?)\*(?!\w)/g, '<em>$1</em>')
    .replace(/(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\((https:[^)\s]+)\)/g, '<a href="$2">$1</a>');

/** A line that starts with "- ", "+ ", "* " or "1. " is a list item, wanted or not: that is to be seen here. */
function blocks(lines) {
  const out = [];
  let list = '';
  let paragraph = [];
  const closeParagraph = () => {
    if (paragraph.length) out.push(`<p>${paragraph.map(inline).join('<br>')}</p>`);
    paragraph = [];
  };
  const closeList = () => {
    if (list) out.push(`</${list}>`);
    list = '';
  };
  for (const line of lines) {
    const item = /^\s*([-+*]|\d+\.)\s+(.*)$/.exec(line);
    if (!item) {
      closeList();
      if (line.trim()) paragraph.push(line);
      else closeParagraph();
      continue;
    }
    closeParagraph();
    const kind = /\d/.test(item[1]) ? 'ol' : 'ul';
    if (list !== kind) {
      closeList();
      out.push(kind === 'ol' ? `<ol start="${Number.parseInt(item[1], 10)}">` : '<ul>');
      list = kind;
    }
    out.push(`<li>${inline(item[2])}</li>`);
  }
  closeParagraph();
  closeList();
  return out;
}
