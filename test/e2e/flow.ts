import { CHANNELS } from '../../scripts/playground/config.js';
import type { Colleague } from './colleagues.js';
import type { PlaygroundPage } from './playground.js';
import type { searchSchool } from './search.js';

/** What a step has at hand. */
export interface Stage {
  /** The Playground, in which one is Camille. */
  readonly p: PlaygroundPage;
  /** Somebody else of the company. */
  readonly colleague: (name: 'ines' | 'hugo' | 'zoe' | 'louis' | 'nadia') => Colleague;
  /** Runs a job by hand, while the bot is stopped. */
  readonly runJob: (args: readonly string[]) => Promise<void>;
  /** What is found first when a person types this for a school. */
  readonly search: (typed: string) => ReturnType<typeof searchSchool>;
}

/** Steps that follow from each other, on a sample company of their own. */
export interface Flow {
  /** By which it is run alone. */
  readonly name: string;
  /** Each with the fact that it shows. */
  readonly steps: readonly (readonly [fact: string, show: (stage: Stage) => Promise<void>])[];
}

/** Makes the channel the coordinators'; what waits is then shown in it. */
export async function setUpCoordination(p: PlaygroundPage, screenshot?: string): Promise<void> {
  await p.goToChannel(CHANNELS.coordination);
  // Going there for the first time installs the bot, which greets.
  await p.cardWith('Passerelle a été ajoutée par Camille Modèle');
  const card = await p.mention('configurer');
  if (screenshot) await p.screenshot(screenshot, card);
  await card.press('Canal de la coordination');
  await card.shows('Ce canal est celui de la coordination');
  await p.cardWith('Inès Exemple propose');
}
