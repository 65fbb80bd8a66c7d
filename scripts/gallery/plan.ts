import { chartFaults } from './charts.js';
import { type CardState, statesOf } from './states.js';
import { css, hostConfig, THEMES, type Theme } from './theme.js';

export type Lang = 'fr' | 'en';

/** A card to look at: its kind of situation, the same name in both languages. */
export interface Sample {
  readonly name: string;
  readonly lang: Lang;
  readonly card: object;
}

/** A wide chat on a screen, and the narrowest phone. The card has 12 px of chat around it on each side. */
export const WIDTHS = [640, 320] as const;
export type Width = (typeof WIDTHS)[number];

/** Cards of one contact sheet: what a person takes in at a glance. */
const CARDS_A_SHEET = 12;
const COLUMNS: Record<Width, number> = { 640: 4, 320: 6 };

/** A card in one state. */
export interface Frame extends CardState {
  /** `<sample>` or `<sample>--<state>`. */
  readonly label: string;
}

/** What the page draws and takes a picture of in one go. */
export interface Sheet {
  readonly number: number;
  readonly lang: Lang;
  readonly theme: Theme;
  readonly width: Width;
  readonly columns: number;
  readonly css: string;
  readonly hostConfig: object;
  readonly frames: readonly Frame[];
}

export const framesOf = (samples: readonly Sample[], lang: Lang): Frame[] =>
  samples
    .filter((sample) => sample.lang === lang)
    .flatMap(({ name, card }) =>
      statesOf(card).map((state) => ({ ...state, label: state.name ? `${name}--${state.name}` : name })),
    );

/** Every card in every state, language, theme and width, in contact sheets. */
export function planSheets(samples: readonly Sample[]): Sheet[] {
  const combinations = THEMES.flatMap((theme) => WIDTHS.map((width) => ({ theme, width })));
  return (['fr', 'en'] as const).flatMap((lang) => {
    const frames = framesOf(samples, lang);
    const starts = Array.from(
      { length: Math.ceil(frames.length / CARDS_A_SHEET) },
      (_, i) => i * CARDS_A_SHEET,
    );
    return combinations.flatMap(({ theme, width }) =>
      starts.map((start, i) => ({
        number: i + 1,
        lang,
        theme,
        width,
        columns: COLUMNS[width],
        css: css(theme),
        hostConfig: hostConfig(theme),
        frames: frames.slice(start, start + CARDS_A_SHEET),
      })),
    );
  });
}

export const sheetFile = ({ number, lang, theme, width }: Sheet) =>
  `sheets/${lang}-${theme}-${width}-${number}.png`;

export const frameFile = (frame: Frame, { lang, theme, width }: Pick<Sheet, 'lang' | 'theme' | 'width'>) =>
  `${frame.label}-${lang}-${theme}-${width}.png`;

/** What is wrong with the samples before anything is drawn. */
export function sampleFaults(samples: readonly Sample[]): string[] {
  const seen = new Set<string>();
  return samples.flatMap(({ name, lang, card }) => {
    const id = `${name} ${lang}`;
    const twice = seen.has(id) ? [`${id}: two samples have this name`] : [];
    seen.add(id);
    return [...twice, ...chartFaults(card).map((fault) => `${id}: ${fault}`)];
  });
}
