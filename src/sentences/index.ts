export { preparePlaces } from './known-places.js';
export { understand } from './understand.js';
