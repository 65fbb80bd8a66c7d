import { createHash } from 'node:crypto';
import { z } from 'zod';
import { kinds } from '../domain/action.js';
import type { Academie } from '../domain/calendar/school-calendar.js';
import type { Convention } from '../domain/convention/convention.js';
import { listRegions } from '../domain/report/area.js';
import { findFieldFault } from '../domain/report/form-field.js';
import { fold } from '../domain/schools/words.js';
import { readJson } from './files/read-json.js';

const day = z.iso.date('a day is written YYYY-MM-DD');
const positive = z.int().min(1);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written HH:MM');
const hours = z.number().positive('a number of hours, 4.5 for four and a half');

const commitment = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and dashes'),
  article: z.int().min(1).max(9),
  measure: z.enum(['employees', 'actions', 'pupils', 'places']),
  kinds: z.array(z.enum(kinds)).min(1),
  targets: z.array(z.strictObject({ from: day, value: positive })),
});

const site = z.strictObject({ id: z.string().min(1), name: z.string().min(1), academie: z.string().min(1) });

/** Somebody who gets the card of each month of an académie or a région académique (article 2). */
const regionalCoordinator = z
  .strictObject({
    person: z
      .string()
      .trim()
      .toLowerCase()
      .regex(
        /^[a-z0-9-]{1,64}$/,
        'write the object id of the person in Microsoft Entra (letters, digits and dashes), not a name or an address',
      ),
    academie: z.string().optional(),
    region: z.string().min(1).optional(),
  })
  .refine(({ academie, region }) => (academie === undefined) !== (region === undefined), {
    message: 'name either an "academie" by its code or a "region" by its name',
  });

/** A field of the ministry's form; its text is as long as a line of a card. */
const formField = z
  .strictObject({
    label: z.string().min(1).max(200),
    figure: z.string(),
    cut: z.string().optional(),
    rows: z.array(z.string().min(1)).min(1).optional(),
    note: z.string().max(300).optional(),
  })
  .superRefine((field, context) => {
    const fault = findFieldFault(field);
    if (fault) context.addIssue({ code: 'custom', path: [fault.part], message: fault.why });
  });

const file = z
  .strictObject({
    $comment: z.string().optional(),
    company: z.string().min(1),
    dataProtectionContact: z.string().min(1).max(200).optional(),
    signedOn: day.nullable(),
    durationYears: positive,
    noticeMonths: positive.default(6),
    committee: z
      .strictObject({ month: z.int().min(1).max(12), weekday: z.int().min(1).max(7) })
      .default({ month: 7, weekday: 1 }),
    year: z.enum(['school', 'civil', 'anniversary']),
    commitments: z.array(commitment).min(1),
    sites: z.array(site).min(1),
    regionalCoordinators: z.array(regionalCoordinator).max(200).default([]),
    form: z.array(formField).max(60).default([]),
    settings: z.strictObject({
      channelLanguage: z.enum(['fr', 'en']),
      ownOfferApproval: z.boolean(),
      weekly: z.strictObject({
        weekday: z.int().min(1).max(7),
        time,
      }),
      lateAfterDays: positive,
      maxPlaces: positive,
      maxSeats: positive,
      maxPupils: positive,
      maxOpenOffers: positive.default(20),
      hours: z.strictObject({
        earliest: time,
        latest: time,
        perDay: hours,
        perWeek: hours,
        perWeekUnder15: hours,
        breakFrom: hours,
        breakMinutes: z.int().min(0),
        restUnder16: hours.default(14),
        rest: hours.default(12),
      }),
      roster: z
        .strictObject({ changeMinutes: positive.default(2), readMinutes: positive.default(60) })
        .prefault({})
        .refine((r) => r.changeMinutes <= r.readMinutes, {
          path: ['readMinutes'],
          message: 'must not be less than changeMinutes',
        }),
      desk: z
        .strictObject({ nearDays: positive.default(7), unansweredDays: positive.default(14) })
        .prefault({}),
      messageHours: z
        .strictObject({
          from: time.default('08:00'),
          until: time.default('19:00'),
          usual: time.default('09:00'),
        })
        .prefault({})
        .refine((h) => h.from <= h.usual && h.usual < h.until, {
          path: ['usual'],
          message: 'must be between from and until',
        }),
      agreementDaysBefore: positive,
      agreementReminders: z.array(positive).min(1),
      committeeReminders: z.array(positive).min(1).default([60, 30, 14, 3]),
      noticeReminders: z
        .strictObject({ months: positive.default(7), days: z.array(positive).min(1).default([14, 3]) })
        .prefault({}),
      confirmDays: positive.default(3),
      urgentHours: positive.default(48),
      outcomeReminderDays: positive.default(7),
      invitationDays: positive.default(3),
      campaignWeeks: positive.default(8),
      minPupilsShown: positive.default(5),
      halfDays: z
        .strictObject({ morningUntil: time.default('13:00'), afternoonFrom: time.default('12:00') })
        .prefault({})
        .refine((h) => h.afternoonFrom <= h.morningUntil, {
          path: ['afternoonFrom'],
          message: 'must not be after morningUntil',
        }),
    }),
  })
  .superRefine((c, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (c.year === 'anniversary' && !c.signedOn)
      fault(['signedOn'], 'a year counted from the signature needs the date of signature');
    if (c.settings.noticeReminders.months <= c.noticeMonths)
      fault(['settings', 'noticeReminders', 'months'], 'must be more than noticeMonths');
    for (const name of ['commitments', 'sites'] as const) {
      const ids = c[name].map((row) => row.id);
      ids.forEach((id, i) => {
        if (ids.indexOf(id) !== i) fault([name, i, 'id'], `"${id}" is used twice`);
      });
    }
    if (!c.commitments.some((x) => x.measure === 'employees' && x.targets.length > 0))
      fault(['commitments'], 'one commitment must count employees, with a target');
  });

/**
 * Reads the company's convention.
 * @param academies those that a site or a regional coordinator may name
 * @throws Error with every fault, by field
 */
export function readConvention(path: string, academies: readonly Academie[]): Convention {
  const checked = file.superRefine((c, context) => {
    c.sites.forEach((s, i) => {
      const fault = findCodeFault(s.academie, academies);
      if (fault) context.addIssue({ code: 'custom', path: ['sites', i, 'academie'], message: fault });
    });
    c.regionalCoordinators.forEach((row, i) => {
      const { person, academie, region } = row;
      const at = ['regionalCoordinators', i];
      const fault =
        academie === undefined
          ? region && findRegionFault(region, academies)
          : findCodeFault(academie, academies);
      if (fault)
        context.addIssue({
          code: 'custom',
          path: [...at, academie === undefined ? 'region' : 'academie'],
          message: fault,
        });
      const isSame = (other: typeof row) =>
        other.person === person && other.academie === academie && other.region === region;
      if (c.regionalCoordinators.findIndex(isSame) < i)
        context.addIssue({ code: 'custom', path: at, message: 'is there twice: remove one of the two' });
    });
  });
  const { $comment: _, year, settings, signedOn, regionalCoordinators, ...rest } = readJson(path, checked);
  const content = JSON.stringify([settings.hours, settings.maxPlaces]);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return {
    version,
    ...rest,
    ...settings,
    ...(signedOn ? { signedOn } : {}),
    yearMode: year,
    regionalCoordinators: regionalCoordinators.map(({ person, academie, region = '' }) => ({
      person,
      area: academie ?? region,
    })),
  };
}

/** Why a text is no code of an académie, and what to write instead. */
function findCodeFault(text: string, academies: readonly Academie[]): string | undefined {
  if (academies.some(({ code }) => code === text)) return undefined;
  const meant = academies.find(({ name }) => fold(name) === fold(text));
  return `"${text}" is no code of data/academies.json${meant ? `: write "${meant.code}"` : ''}`;
}

/** Why a text is no name of a région académique, and what to write instead. */
function findRegionFault(text: string, academies: readonly Academie[]): string | undefined {
  const regions = listRegions(academies);
  if (regions.includes(text)) return undefined;
  const meant = regions.find((name) => fold(name) === fold(text));
  const instead = meant ? `write "${meant}"` : `write one of ${regions.join(', ')}`;
  return `"${text}" is no région académique of data/academies.json: ${instead}`;
}
