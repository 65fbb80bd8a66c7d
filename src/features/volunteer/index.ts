import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { asTyped } from '../shared/client-values.js';
import { formIds } from '../shared/form.js';
import { offerFormActions, openForm } from '../shared/offer-form.js';
import { timings, volunteerForm } from './form.js';

/** Offer to meet pupils: a class talk, a careers fair, a company visit, an immersion (article 2). */
export const volunteer: Feature = {
  name: 'volunteer',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['proposer'], en: ['volunteer'] },
  open: (actor, services, start) => openForm(volunteerForm, actor, services, start),
  actions: {
    ...offerFormActions(volunteerForm),
    /** Switches between an exact date and an availability, keeping the fields they share. */
    timing: action({
      input: formIds.extend({ to: z.enum(timings) }),
      run: async (actor, { id, formKey, to, ...data }, services) => {
        // An availability covers visits of either length.
        const kind = asTyped(data.kind).replace(/-two-days$/, '');
        const given = {
          ...(kind ? { kind } : {}),
          level: asTyped(data.level),
          event: asTyped(data.event),
          timing: to,
        };
        const values = volunteerForm.start(services, given);
        return volunteerForm.draw(actor, { id, formKey }, values, {}, services);
      },
    }),
  },
};
