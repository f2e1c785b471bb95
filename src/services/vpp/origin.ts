import type { HttpRequest } from '../../core/request.ts';

/** Scheme and authority by which the client came, so that it finds the rest the same way. */
export const originOf = ({ scheme, authority }: HttpRequest): string => `${scheme}://${authority}`;
