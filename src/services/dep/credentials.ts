/** The credentials of the former simulator in the register of organizations. */
export const DEPSIM_CREDENTIAL = 'depsim';

export const consumerKeyCredential = (consumerKey: string): string => `consumer_key:${consumerKey}`;
