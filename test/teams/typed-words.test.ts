import { readFileSync } from 'node:fs';
import { messageOf, readActivity } from '../../src/teams/incoming.js';
import { appName, typedWords } from '../../src/teams/typed-words.js';

const reply = 'itemscope itemtype="http://schema.skype.com/Reply" itemid="1700000000000"';
const preview =
  '<strong itemprop="mri" itemid="28:x">Passerelle</strong><span itemprop="time" itemid="1"></span>' +
  '<p itemprop="preview">proposer</p>';
const span = (name: string) =>
  `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>`;

/** All of these say "mes engagements". */
const ways: [string, string][] = [
  ['as it is', 'mes engagements'],
  ['case, accents and punctuation', ' MÉS Engagements !!! '],
  ['a real mention', '<at>Passerelle</at> mes engagements'],
  ['a mention without a space', '<at>Passerelle</at>mes engagements'],
  ['a mention with attributes', '<at id="0" title="a > b">Passerelle</at>&nbsp;mes engagements'],
  ['mentions inside each other', '<at id="1"><at>Passerelle</at> de test</at> mes engagements'],
  ['several mentions', '<at>Passerelle</at> <AT>Hugo Témoin</AT>, mes engagements <at>Passerelle</at>'],
  ['a mention inside', 'mes <at>Passerelle</at> engagements'],
  ['a mention as the attachment has it', `<p>${span('Passerelle')}&nbsp;mes engagements</p>`],
  [
    'a mention as an editor has it',
    `<readonly itemtype="http://schema.skype.com/Mention">${span('Passerelle')}</readonly> mes engagements`,
  ],
  ['the name typed', 'Passerelle mes engagements'],
  ['the name typed as a mention', '@Passerelle mes engagements'],
  ['the name and a colon', '@passerelle: mes engagements'],
  ['the name and a comma', 'PASSERELLE, mes engagements'],
  ['the name with an accent', 'Passérelle : mes engagements'],
  ['the name after a mention', '<at>Passerelle</at> @Passerelle mes engagements'],
  ['the name in bold', '<b>@Passerelle</b> mes engagements'],
  ['the name with a no-break space', '@Passerelle\u00a0mes\u202fengagements'],
  ['the name in this place', '@Passerelle (recette) : mes engagements'],
  ['named entities', 'mes&nbsp;engagements&excl;'],
  ['an entity without its semicolon', 'm&eacutes engagements'],
  ['decimal entities', '&#109;es &#101;ngagements'],
  ['hexadecimal entities', '&#x6D;es &#X65;ngagements'],
  ['zero-width signs', '\u200bmes enga\u200bge\u00adments\ufeff'],
  ['accents apart', 'me\u0301s engagements'],
  ['wide and mathematical letters', 'ｍｅｓ 𝐞𝐧𝐠𝐚𝐠𝐞𝐦𝐞𝐧𝐭𝐬'],
  ['smart quotes', '« mes engagements »'],
  ['English quotes', '“mes engagements”'],
  ['an emoji in front', '📋 mes engagements 🙂'],
  ['an emoji as Teams draws it', '<emoji id="wave" alt="👋" title="Coucou"></emoji>mes engagements'],
  ['line breaks', 'mes\r\nengagements\n'],
  ['<br> between the words', 'mes<br>engagements<br/>'],
  ['a paragraph', '<div><div>\n<p>mes engagements</p>\n</div></div>'],
  ['a tag inside a word', 'mes en<b>gage</b>ments'],
  ['a block of code', '<pre class="x"><code>mes engagements</code></pre>'],
  ['a reply that quotes', `<blockquote ${reply}>\r\n${preview}\r\n</blockquote>\r\n<p>mes engagements</p>`],
  ['a quote in capitals', `<BLOCKQUOTE ${reply}>proposer</BLOCKQUOTE>mes engagements`],
  ['quotes inside each other', '<blockquote>a<blockquote>b</blockquote>proposer</blockquote>mes engagements'],
  ['several quotes', '<blockquote>proposer</blockquote><blockquote>aide</blockquote>mes engagements'],
  ['what follows with a quote after it', 'mes engagements<blockquote>proposer</blockquote>'],
  ['the mark of a quote', '<quoted messageId="1700000000000"/> mes engagements'],
  ['lines that a sign marks as quoted', '> proposer\n&gt; aide\nmes engagements'],
  ['a message copied from a chat', '[10:32] Hugo Témoin\r\nproposer\r\naide\r\n\r\nmes engagements'],
  ['a message copied in another form', '[23/11/2026 10:32] Hugo Témoin\n\nproposer\n\nmes engagements'],
  ['a sign that is no tag', '< mes engagements'],
];
it.each(ways)('the person’s own words are found in %s', (_, message) =>
  expect(typedWords(message, 'Passerelle (recette)')).toBe('mes engagements'));

it.each([
  ['nothing', ''],
  ['spaces', ' \u00a0\u200b\n'],
  ['a mention only', '<at>Passerelle</at>'],
  ['the name only', 'Passerelle'],
  ['the name typed as a mention only', '@Passerelle !'],
  ['the name twice', 'Passerelle, Passerelle ?'],
  ['a picture', '<p><img alt="" src="https://company.example/x.png"></p>'],
  ['an emoji', '👋🏽'],
  ['a command in a quote only', `<blockquote ${reply}>mes engagements</blockquote>`],
  ['a command in a quote that does not end', '<blockquote>mes engagements'],
  ['a command in an inner quote', '<blockquote><blockquote>x</blockquote>mes engagements</blockquote>'],
  ['a command on a quoted line only', '> mes engagements'],
  ['a command in a copied message only', '[10:32] Hugo Témoin\nmes engagements'],
  ['a command in an attribute only', '<p title="mes engagements" data-x=\'> mes engagements\'></p>'],
  ['a tag that does not end', '<p title="x" mes engagements'],
])('%s says nothing', (_, message) => expect(typedWords(message)).toBe(''));

it.each([
  ['aide\u0000', 'aide'],
  ['l’aide', 'l aide'],
  ['Passerelle’s language', 'passerelle s language'],
  ['Passerelles', 'passerelles'],
  ['bonjour Passerelle', 'bonjour passerelle'],
  ['[aide]', 'aide'],
  ['2 < 3 > 1', '2 3 1'],
  ['&amp;eacute; &unknown; &#0; &#xD800; &#99999999;', 'eacute unknown'],
  ['constructor __proto__', 'constructor proto'],
])('%s is "%s"', (message, words) => expect(typedWords(message)).toBe(words));

it.each([
  '',
  '   ',
  '...',
  null,
  undefined,
])('a bot that is called "%s" has its name of the manifest', (name) =>
  expect(typedWords('@Passerelle ... aide', name)).toBe('aide'));

it('the name of the manifest is the one that is understood', () => {
  for (const file of ['fr.json', 'en.json']) {
    const texts = JSON.parse(readFileSync(`appPackage/${file}`, 'utf8')) as Record<string, string>;
    expect(texts['name.short']).toBe(appName);
  }
});

describe('a message of 250 KB takes no time that anybody notices:', () => {
  const size = 250_000;
  const repeated = (piece: string) => piece.repeat(Math.floor(size / piece.length));
  it.each([
    ['<', ''],
    ['<blockquote>', ''],
    ['</blockquote>', ''],
    ['<a', ''],
    ['<a ="', ''],
    ['<at>', ''],
    ['<quoted ', ''],
    ['&', ''],
    ['&#', ''],
    ['> ', ''],
    ['[1] a\n', ''],
    ['[1', '1 1'],
    ['Passerelle ', ''],
    ['\u200b', ''],
    ['\n', ''],
    ['e\u0301', 'eee'],
    ['\ufdfa', ''],
    ['a ', 'a a'],
  ])('%j again and again', (piece, start) => {
    const began = performance.now();
    expect(typedWords(repeated(piece)).slice(0, start.length)).toBe(start);
    expect(typedWords(`mes engagements ${repeated(piece)}`)).toMatch(/^mes engagements/);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('what follows a long quote is still read', () => {
    expect(typedWords(`<blockquote>${'a'.repeat(size)}</blockquote>aide`)).toBe('aide');
  });
});

describe('what a message says is taken', () => {
  const activity = {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'http://127.0.0.1:1/',
    from: { id: '29:x' },
    recipient: { id: '28:x' },
    conversation: { id: 'a:x' },
  };
  const said = (more: object) => {
    const read = readActivity({ ...activity, ...more });
    return read && typedWords(messageOf(read));
  };
  const html = (content: unknown) => ({ contentType: 'text/html', content });
  const forward = '<p>aide</p><blockquote itemtype="http://schema.skype.com/Forward"><p>x</p></blockquote>';

  it.each([
    [
      'from the attachment that marks the quote, when the text runs both together',
      {
        text: 'Hugo Témoin proposer aide',
        attachments: [html(`<blockquote ${reply}>${preview}</blockquote><p>aide</p>`)],
      },
      'aide',
    ],
    [
      'without the message that is forwarded',
      { text: 'aide\r\n\r\nx', attachments: [html(forward)] },
      'aide',
    ],
    [
      'to be nothing when all of it is forwarded',
      { text: 'proposer', attachments: [html('<blockquote>proposer</blockquote>')] },
      '',
    ],
    [
      'from the text when nothing is quoted',
      { text: 'aide', attachments: [html('<p>proposer</p>')] },
      'aide',
    ],
    [
      'from the text when there is a card',
      { text: 'aide', attachments: [{ contentType: 'x', content: {} }] },
      'aide',
    ],
    [
      'from the text when the attachment is odd',
      { text: 'aide', attachments: [html({ a: '<blockquote>' })] },
      'aide',
    ],
    ['from the text when there are odd attachments', { text: 'aide', attachments: [null, 'x'] }, 'aide'],
    ['from the text when attachments are none', { text: 'aide', attachments: 'x' }, 'aide'],
    ['to be nothing when there is neither', { text: null }, ''],
  ])('%s', (_, more, words) => expect(said(more)).toBe(words));
});
