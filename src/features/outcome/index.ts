import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { formIds, remarkLength, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { readRequest } from '../shared/records.js';
import { drawForm, fields, findApproved, recordAnswer, start } from './form.js';

/** Whether an action took place, and with how many pupils: only then does it count (article 5). */
export const outcome: Feature = {
  name: 'outcome',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: (actor, { id }, services) => start(actor, id, services),
    }),
    held: action({
      byRole: true,
      input: formIds,
      run: async (actor, data, services) => {
        const t = services.textIn(actor.lang);
        const max = services.convention.maxPupils;
        const reader = new FormReader(fields, data, actor, services);
        const pupils = reader.readCount('pupils', { min: 0, max }, t('outcome.pupilsError', { max }));
        const remark = reader.readText('remark', remarkLength);
        const request = await services.store.read((r) => readRequest(r, data.id));
        const people = request ? findApproved(request).map((e) => e.employeeId) : [];
        const asksWho = actor.coordinator && people.length > 1;
        const attended = asksWho ? reader.readSubset('attended', people, t('outcome.attendedError')) : people;
        if (reader.failed || pupils === undefined)
          return drawForm(actor, data, reader.values, reader.faults, services);
        const answer = {
          state: 'held' as const,
          pupils,
          attended: new Set(attended),
          ...(remark ? { remark } : {}),
        };
        return recordAnswer(actor, data, answer, services);
      },
    }),
    notHeld: action({
      byRole: true,
      input: formIds,
      run: (actor, data, services) =>
        recordAnswer(actor, data, { state: 'not-held', pupils: 0, attended: new Set() }, services),
    }),
  },
};
