/** Loaded with the first card, as a module of our own so that the bundle's file has a recognisable name. */
export { Template } from 'adaptivecards-templating';
