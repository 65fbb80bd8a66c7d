/** Host configs and CSS that imitate Teams, from Fluent's tokens for its light, dark and high-contrast themes. */

export const THEMES = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

interface Tokens {
  readonly text: string;
  readonly subtle: string;
  readonly card: string;
  readonly emphasis: string;
  readonly line: string;
  readonly link: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly attentionGround: string;
  /** Behind the card. */
  readonly page: string;
  readonly primary: string;
  readonly onPrimary: string;
  readonly buttonLine: string;
  readonly fieldLine: string;
}

const TOKENS: Record<Theme, Tokens> = {
  light: {
    text: '#242424',
    subtle: '#616161',
    card: '#ffffff',
    emphasis: '#f5f5f5',
    line: '#e0e0e0',
    link: '#4f52b2',
    good: '#0e700e',
    warning: '#bc4b09',
    attention: '#b10e1c',
    attentionGround: '#fdf3f4',
    page: '#f5f5f5',
    primary: '#5b5fc7',
    onPrimary: '#ffffff',
    buttonLine: '#d1d1d1',
    fieldLine: '#616161',
  },
  dark: {
    text: '#ffffff',
    subtle: '#adadad',
    card: '#292929',
    emphasis: '#1f1f1f',
    line: '#525252',
    link: '#7f85f5',
    good: '#54b054',
    warning: '#faa06b',
    // The red of Fluent's field messages; #dc626d, of its badges, has only 4.2:1 on the card.
    attention: '#e37d80',
    attentionGround: '#3b0509',
    page: '#1f1f1f',
    primary: '#4f52b2',
    onPrimary: '#ffffff',
    buttonLine: '#adadad',
    fieldLine: '#adadad',
  },
  contrast: {
    text: '#ffffff',
    subtle: '#ffffff',
    card: '#000000',
    emphasis: '#000000',
    line: '#ffffff',
    link: '#ffff00',
    good: '#ffffff',
    warning: '#ffffff',
    attention: '#ffffff',
    attentionGround: '#000000',
    page: '#000000',
    primary: '#ffffff',
    onPrimary: '#000000',
    buttonLine: '#ffffff',
    fieldLine: '#ffffff',
  },
};

/** Noto Sans is a little wider than the Segoe UI of Teams: what fits here fits there. */
const FONT = "'Segoe UI', 'Noto Sans', system-ui, sans-serif";

/** The host config that makes `adaptivecards` draw as Teams does in a theme. */
export function hostConfig(theme: Theme): object {
  const t = TOKENS[theme];
  const ground = (backgroundColor: string, borderColor = t.line) => {
    const colour = (value: string, subtle = value) => ({ default: value, subtle });
    return {
      backgroundColor,
      borderColor,
      foregroundColors: {
        default: colour(t.text, t.subtle),
        dark: colour('#242424'),
        light: colour('#ffffff'),
        accent: colour(t.link),
        good: colour(t.good),
        warning: colour(t.warning),
        attention: colour(t.attention),
      },
    };
  };
  const font = {
    fontFamily: FONT,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
  const fact = { size: 'Default', color: 'Default', isSubtle: false, wrap: true };
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: t.line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    fontTypes: { default: font, monospace: { ...font, fontFamily: 'Consolas, monospace' } },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    textStyles: {
      heading: { fontType: 'default', size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
      columnHeader: {
        fontType: 'default',
        size: 'default',
        weight: 'bolder',
        color: 'default',
        isSubtle: false,
      },
    },
    textBlock: { headingLevel: 2 },
    containerStyles: {
      default: ground(t.card),
      emphasis: ground(t.emphasis),
      attention: ground(t.attentionGround, t.attention),
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'default' },
      },
      errorMessage: { color: 'attention', spacing: 'small', weight: 'default' },
    },
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
      preExpandSingleShowCardAction: false,
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
    },
    adaptiveCard: { allowCustomStyle: false },
    table: { cellSpacing: 8 },
    factSet: { title: { ...fact, weight: 'Bolder' }, value: { ...fact, weight: 'Default' }, spacing: 16 },
  };
}

/** The style sheet around it: what Teams draws with its own components. */
export function css(theme: Theme): string {
  const t = TOKENS[theme];
  const dark = theme !== 'light';
  return `
* { box-sizing: border-box }
body { margin: 0; background: #e8e8e8; font-family: ${FONT}; color: ${t.text} }
figure { margin: 0 0 8px }
figcaption { font: 12px/20px ${FONT}; color: #242424; padding: 0 12px }
.host { padding: 12px; background: ${t.page} }
.frame { background: ${t.card}; border: 1px solid ${t.line}; border-radius: 6px; overflow: hidden }
.ac-pushButton { font: 600 14px/20px ${FONT}; padding: 5px 12px; min-height: 32px; max-width: 100%;
  background: ${t.card}; color: ${t.text}; border: 1px solid ${t.buttonLine}; border-radius: 4px;
  white-space: nowrap; text-overflow: ellipsis; overflow: hidden }
.ac-pushButton.style-positive { background: ${t.primary}; color: ${t.onPrimary}; border-color: ${t.primary} }
.ac-pushButton.style-destructive { color: ${t.attention}; border-color: ${t.attention} }
.ac-pushButton.expanded { background: ${t.emphasis} }
.ac-actionSet { flex-wrap: wrap; row-gap: 8px }
.ac-actionSet > div { min-width: 0 }
.ac-input { font: 14px/20px ${FONT}; color: ${t.text}; color-scheme: ${dark ? 'dark' : 'light'} }
.ac-textInput, .ac-numberInput, .ac-dateInput, .ac-timeInput, .ac-choiceSetInput-compact {
  background: ${t.card}; border: 1px solid ${t.line}; border-bottom-color: ${t.fieldLine}; border-radius: 4px;
  padding: 5px 8px; min-height: 32px; width: 100% }
select.ac-input { padding-left: 4px }
.ac-multiline { height: 72px; resize: none }
.ac-input-validation-failed { border-color: ${t.attention} !important }
::placeholder { color: ${t.subtle}; opacity: 1 }
input[type=radio], input[type=checkbox] { accent-color: ${theme === 'contrast' ? '#ffffff' : t.primary} }
a.ac-anchor { color: ${t.link} }
.ac-textRun { line-height: 20px }
.ac-selectable { cursor: pointer }`;
}
