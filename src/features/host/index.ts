import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { formIds } from '../shared/form.js';
import { offerFormActions, openForm, submitForm } from '../shared/offer-form.js';
import { hostForm } from './form.js';

const codes = z.string().regex(/^\w{1,3}(,\w{1,3})*$/);
const proposal = z.string().regex(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);

/** Offer to host pupils in the company (article 3). */
export const host: Feature = {
  name: 'host',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['accueillir'], en: ['host'] },
  open: (actor, services) => openForm(hostForm, actor, services),
  actions: {
    ...offerFormActions(hostForm),
    useDates: action({
      input: formIds.extend({ proposal }),
      run: (actor, data, services) => {
        const [firstDay, lastDay] = data.proposal.split('/');
        return submitForm(hostForm, actor, { ...data, firstDay, lastDay }, services);
      },
    }),
    keepPossible: action({
      input: formIds.extend({ proposal: codes }),
      run: (actor, data, services) =>
        submitForm(hostForm, actor, { ...data, academies: data.proposal }, services),
    }),
  },
};
