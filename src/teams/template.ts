/** Loaded when the first card is drawn. A module of our own, so that a bundle gives it by name. */
export { Template } from 'adaptivecards-templating';
