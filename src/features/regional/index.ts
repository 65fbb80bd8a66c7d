import { z } from 'zod';
import { areasOf } from '../../domain/convention/regional.js';
import { type Area, everywhere, toArea } from '../../domain/report/area.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import {
  type Actor,
  action,
  type Card,
  type DrawMessage,
  type Feature,
  Refusal,
  type Services,
} from '../feature.js';
import { areaText } from '../shared/area.js';
import { pageNumber } from '../shared/list.js';
import { isMuted } from '../shared/people.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { plannedCard, regionalCard } from './card.js';
import { areaFigures, readFigures } from './figures.js';
import { regionalJob } from './job.js';

const areaOnly = z.looseObject({ area: areaText });

const isNamed = (personId: string, area: Area, { convention }: Pick<Services, 'convention'>): boolean =>
  areasOf(personId, convention.regionalCoordinators).includes(area);

/**
 * The area that a card asks for.
 * @throws Refusal to anybody but coordinators and those who are named for it
 */
function requireArea(actor: Actor, text: string | undefined, services: Services): Area {
  const area = toArea(text, services.calendar);
  if (!actor.coordinator && !isNamed(actor.id, area, services))
    throw toRoleRefusal(actor, 'refusal.notCoordinator');
  if (area === everywhere) throw new Refusal('refusal.outdated');
  return area;
}

async function draw(actor: Actor, area: Area, services: Services): Promise<Card> {
  const figures = await readFigures(services, area, actor.coordinator);
  return services.store.read(async (reader) => {
    const person = await reader.get('people', actor.id);
    const muted = isMuted(person, 'regional', dayAt(services.clock.now()));
    const named = isNamed(actor.id, area, services);
    return regionalCard(reader, { area, figures, lang: actor.lang, muted, named }, services);
  });
}

/** Stops the card of each month, or lets it come again, for all areas of the person. */
const switchAction = (on: boolean) =>
  action({
    byRole: true,
    reads: true,
    input: areaOnly,
    run: async (actor, data, services) => {
      const area = requireArea(actor, data.area, services);
      await services.store.transact(async (tx) => {
        const person = await tx.get('people', actor.id);
        const { regional: _, ...others } = person?.muted ?? {};
        if (person && isMuted(person, 'regional', dayAt(services.clock.now())) === on)
          await tx.put('people', { ...person, muted: on ? others : { ...others, regional: 'always' } });
      });
      return draw(actor, area, services);
    },
  });

const messageData = z.object({ person: z.string(), area: z.string(), figures: areaFigures });

/** Nothing for somebody who is named no more, or does not want it any more. */
const drawMonthly: DrawMessage = async (message, reader: Reader, services) => {
  const { person: id, area, figures } = messageData.parse(message.data);
  const person = await reader.get('people', id);
  if (!isNamed(id, area, services) || isMuted(person, 'regional', dayAt(services.clock.now())))
    return undefined;
  return regionalCard(reader, { area, figures, lang: message.lang, muted: false, named: true }, services);
};

/**
 * The card of each month for those who are named for an académie or a région académique: what is planned and done there
 * (article 2). It is all that they may see, unless they are coordinators.
 */
export const regional: Feature = {
  name: 'regional',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: areaOnly,
      run: async (actor, { area }, services) => draw(actor, requireArea(actor, area, services), services),
    }),
    planned: action({
      byRole: true,
      reads: true,
      input: areaOnly.extend({ page: pageNumber }),
      run: async (actor, { area: text, page }, services) => {
        const area = requireArea(actor, text, services);
        return services.store.read((reader) =>
          plannedCard(reader, { area, lang: actor.lang, page }, services),
        );
      },
    }),
    mute: switchAction(false),
    unmute: switchAction(true),
  },
  messages: { card: drawMonthly },
  jobs: { regional: regionalJob },
};
