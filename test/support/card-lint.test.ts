import { lintCard } from './card-lint.js';

const heading = {
  type: 'TextBlock',
  text: '6 collaborateurs mobilisés sur 10',
  style: 'heading',
  wrap: true,
};
const image = { type: 'Image', url: 'data:image/png;base64,iVBORw0KGgo=', altText: 'État\u00a0:' };
const place = { type: 'Input.Number', id: 'places', label: 'Places' };
const facts = {
  type: 'FactSet',
  facts: [{ title: 'Jours', value: 'du lundi 11 au vendredi 15 janvier 2027' }],
};
const chart = {
  type: 'Chart.Gauge',
  min: 0,
  max: 10,
  value: 6,
  segments: [{ legend: 'Réalisé', size: 6, color: 'categoricalBlue' }],
  fallback: text('**Réalisé 6** sur 10'),
};

function text(words: string, more: object = {}) {
  return { type: 'TextBlock', text: words, wrap: true, ...more };
}

function button(more: object = {}, data: object = { id: 'off_41' }) {
  const action = { title: 'Envoyer', verb: 'host.submit', data, ...more };
  const { verb, ...rest } = action;
  return {
    type: 'Action.Execute',
    ...action,
    fallback: { type: 'Action.Submit', ...rest, data: { ...data, verb } },
  };
}

const showCard = (body: object[], actions: object[] = []) => ({
  type: 'Action.ShowCard',
  title: 'Refuser…',
  card: { type: 'AdaptiveCard', body, actions },
});

const aCard = (more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  lang: 'fr',
  fallbackText: 'Le point de la semaine',
  body: [heading],
  ...more,
});
const withBody = (...body: object[]) => aCard({ body: [heading, ...body] });
const withActions = (...actions: object[]) => aCard({ actions });

const row = {
  type: 'Container',
  items: [text('Classe de 4e')],
  selectAction: button({ title: 'Classe de 4e' }),
};
const choices = [{ title: 'Le matin', value: 'morning' }];

test('A card that follows the look has no fault', () => {
  const card = aCard({
    body: [
      heading,
      {
        type: 'Container',
        style: 'emphasis',
        items: [image, text('Motif\u00a0: « fermé »'.replace(/ /g, '\u00a0'))],
      },
      { type: 'RichTextBlock', inlines: ['Remarque', '\u00a0: ', "«\u00a0l'atelier: 2027-01-11\u00a0»"] },
      facts,
      chart,
      { ...place, isRequired: true, errorMessage: 'Entre 1 et 30 places.' },
      { type: 'Input.ChoiceSet', id: 'moments', label: 'Moments', style: 'expanded', wrap: true, choices },
      text('English: type “help”. Voir [la convention](https://example.com/?a=b).'),
      row,
    ],
    actions: [
      button({ style: 'positive' }),
      showCard([{ type: 'Input.Text', id: 'reason', label: 'Motif' }], [button({ style: 'positive' })]),
      { type: 'Action.OpenUrl', title: 'Lire la convention', url: 'https://example.com/' },
      ...Array.from({ length: 4 }, (_, i) => button({ title: `Action ${i}`, mode: 'secondary' })),
    ],
    refresh: {
      action: { type: 'Action.Execute', verb: 'approval.view', data: { id: 'off_41' } },
      userIds: [],
    },
  });
  expect(lintCard(card)).toEqual([]);
  // The renderer judges `lang` by a pattern that remembers its last match.
  expect(lintCard(card)).toEqual([]);
});

test('English keeps its own typography', () => {
  expect(lintCard({ ...withBody(text("Where? It's in Lyon: yes")), lang: 'en' })).toEqual([]);
});

const long = 'a'.repeat(33);
const six = Array.from({ length: 6 }, (_, i) => button({ title: `Action ${i}` }));

test.each<[string, object, string]>([
  ['an unknown element', withBody({ type: 'Foo' }), 'body[1]: Unknown element type "Foo"'],
  [
    'an unknown value',
    withBody(text('a', { size: 'Huge' })),
    'body[1]: Invalid value "Huge" for property "size"',
  ],
  ['an unknown action', withActions({ type: 'Action.Foo', title: 'a' }), 'actions[0]: Unknown action type'],
  ['an input without id', withBody({ type: 'Input.Text', label: 'a' }), 'body[1]: input without id'],
  ['an input without label', withBody({ type: 'Input.Text', id: 'a' }), 'body[1]: input without label'],
  [
    'a required input without error',
    withBody({ ...place, isRequired: true }),
    'body[1]: input that can be refused',
  ],
  ['a bounded input without error', withBody({ ...place, max: 30 }), 'body[1]: input that can be refused'],
  ['an id used twice', withBody(place, place), 'body[2]: id "places" is taken by body[1]'],
  [
    'an id used again in a ShowCard',
    { ...withBody(place), actions: [showCard([place])] },
    'actions[0].card.body[0]: id "places" is taken by body[1]',
  ],
  ['text that does not wrap', withBody({ type: 'TextBlock', text: 'a' }), 'body[1]: TextBlock without wrap'],
  [
    'choices that do not wrap',
    withBody({ type: 'Input.ChoiceSet', id: 'a', label: 'a', style: 'expanded', choices }),
    'body[1]: Input.ChoiceSet without wrap',
  ],
  ['a picture without words', withBody({ ...image, altText: '' }), 'body[1]: image without altText'],
  [
    'a picture from an open network',
    withBody({ ...image, url: 'http://a.fr/b.png' }),
    'body[1]: image that is',
  ],
  [
    'a chart without fallback',
    withBody({ ...chart, fallback: undefined }),
    'body[1]: chart without a fallback',
  ],
  [
    'a chart without its figures',
    withBody({ ...chart, value: 61 }),
    'body[1]: no text outside the chart says 61',
  ],
  ['a badge', withBody({ type: 'Badge', text: 'a', fallback: text('a') }), 'body[1]: Badge: no renderer'],
  ['green text', withBody(text('a', { color: 'Good' })), 'body[1]: text of color Good'],
  [
    'a run in orange',
    withBody({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'a', color: 'warning' }] }),
    'body[1].inlines[0]: text of color warning',
  ],
  ['a flow', withBody({ type: 'Container', items: [text('a')], layouts: [{}] }), 'body[1]: layout by width'],
  ['an element by width', withBody(text('a', { targetWidth: 'wide' })), 'body[1]: layout by width'],
  ['a card of full width', aCard({ msteams: { width: 'Full' } }), 'card: msteams.width'],
  [
    'a green band',
    withBody({ type: 'Container', style: 'good', items: [text('a')] }),
    'body[1]: container style',
  ],
  ['no heading', aCard({ body: [text('a')] }), 'card: 0 headings'],
  ['two headings', withBody(heading), 'card: 2 headings'],
  [
    'a long heading',
    aCard({ body: [{ ...heading, text: 'a'.repeat(61) }] }),
    'body[0]: heading of 61 characters',
  ],
  [
    'a long fact title',
    withBody({ type: 'FactSet', facts: [{ title: 'Établissement', value: 'a' }] }),
    'fact title',
  ],
  [
    'an Execute alone',
    withActions({ ...button(), fallback: undefined }),
    'actions[0]: Execute without a fallback',
  ],
  [
    'a fallback with another verb',
    withActions({ ...button(), fallback: button({ verb: 'host.open' }).fallback }),
    'actions[0]: fallback data is not',
  ],
  ['a fallback with other data', withActions({ ...button(), data: {} }), 'actions[0]: fallback data is not'],
  ['a verb of one word', withActions(button({ verb: 'submit' })), 'actions[0]: verb "submit"'],
  [
    'a refresh verb of one word',
    aCard({ refresh: { action: { type: 'Action.Execute', verb: 'view' }, userIds: [] } }),
    'refresh.action: verb "view"',
  ],
  ['data named key', withActions(button({}, { key: '1' })), 'actions[0]: data named "key"'],
  [
    'data with the name of an input',
    { ...withBody(place), actions: [button({}, { places: 1 })] },
    'actions[0]: data "places" has the name of an input',
  ],
  ['a button without title', withActions(button({ title: '' })), 'actions[0]: action without title'],
  [
    'a row without title',
    withBody({ ...row, selectAction: button({ title: '' }) }),
    'body[1].selectAction: action',
  ],
  ['a long button', withActions(button({ title: long })), 'actions[0]: button title'],
  ['a row and six buttons', { ...withBody(row), actions: six }, 'card: 7 actions shown at once'],
  [
    'seven buttons in a ShowCard',
    withActions(showCard([], [...six, button()])),
    'actions[0].card: 7 actions',
  ],
  [
    'two violet buttons',
    withActions(button({ style: 'positive' }), button({ style: 'positive' })),
    'card: 2 positive',
  ],
  [
    'a mail link',
    withActions({ type: 'Action.OpenUrl', title: 'a', url: 'mailto:a@example.com' }),
    'actions[0]: link',
  ],
  ['an open link in text', withBody(text('[a](http://example.com)')), 'body[1].text: link that is not https'],
  ['no fallbackText', aCard({ fallbackText: '' }), 'card: no fallbackText'],
  ['no language', aCard({ lang: undefined }), 'card: lang is neither'],
  ['a newer version', aCard({ version: '1.6' }), 'card: version is not 1.5'],
  ['29 KB in UTF-8', aCard({ speak: 'é'.repeat(14_500) }), 'bytes (28000 at most)'],
  [`a name not filled in`, withBody(text(`Bonjour \${name}`)), 'body[1].text: "${" left over'],
  ['a date for the client to word', withBody(text('le {{DATE(x)}}')), 'body[1].text: "{{" left over'],
  ['undefined', aCard({ fallbackText: 'Bonjour undefined' }), 'fallbackText: "undefined" left over'],
  ['null', withActions(button({ title: 'Voir null' })), 'actions[0].title: "null" left over'],
  ['an object', withBody(text('[object Object]')), '"[object Object]" left over'],
  [
    'NaN',
    withBody({ ...facts, facts: [{ title: 'Jours', value: 'NaN' }] }),
    'facts[0].value: "NaN" left over',
  ],
  ['an invalid date', withBody(text('Invalid DateTime')), '"Invalid" left over'],
  ['an ISO date', withBody(text('le 2027-01-11')), 'body[1].text: ISO date'],
  ['a straight apostrophe', withBody(text("l'offre")), 'body[1].text: straight apostrophe'],
  ['a colon after a plain space', withBody(text('Motif : fermé')), 'body[1].text: no no-break space before'],
  [
    'a colon after no space',
    withBody({ ...place, label: 'Places:' }),
    'body[1].label: no no-break space before',
  ],
  [
    'an open quote and a plain space',
    withBody(text('« fermé\u00a0»')),
    'body[1].text: no no-break space after «',
  ],
])('%s is a fault', (_, card, fault) => {
  expect(lintCard(card)).toEqual([expect.stringContaining(fault)]);
});
