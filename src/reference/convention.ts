import { createHash } from 'node:crypto';
import { z } from 'zod';
import { kinds } from '../domain/action.js';
import type { Convention } from '../domain/convention/convention.js';
import { findFieldFault } from '../domain/report/form-field.js';
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
    signedOn: day.nullable(),
    durationYears: positive,
    noticeMonths: positive.default(6),
    committee: z
      .strictObject({ month: z.int().min(1).max(12), weekday: z.int().min(1).max(7) })
      .default({ month: 7, weekday: 1 }),
    year: z.enum(['school', 'civil', 'anniversary']),
    commitments: z.array(commitment).min(1),
    sites: z.array(site).min(1),
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
 * @param academies the codes that a site may name
 * @throws Error with every fault, by field
 */
export function readConvention(path: string, academies: ReadonlySet<string>): Convention {
  const checked = file.superRefine((c, context) => {
    c.sites.forEach((s, i) => {
      if (!academies.has(s.academie))
        context.addIssue({
          code: 'custom',
          path: ['sites', i, 'academie'],
          message: `"${s.academie}" is no code of data/academies.json`,
        });
    });
  });
  const { $comment: _, year, settings, signedOn, ...rest } = readJson(path, checked);
  const content = JSON.stringify([settings.hours, settings.maxPlaces]);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { version, ...rest, ...settings, ...(signedOn ? { signedOn } : {}), yearMode: year };
}
