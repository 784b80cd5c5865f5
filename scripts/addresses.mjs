// What a request asks for, told by its address and headers alone.

const staffPlaces = /^\/(?:en\/)?(?:manage|dashboard|admin|account|staff-trouble)(?:[/?]|$)/;

export const isStaffPlace = (url) => staffPlaces.test(url);

/** A page as a browser asks for it, neither a part for the router nor a file nor data. */
export function isDocument({ url, headers }) {
  return !headers.rsc && !headers['next-action'] && !url.startsWith('/_next/') && !url.startsWith('/api/');
}

const file = /^[^?]*\.[a-z0-9]+(?:\?|$)/i;

/** A page of the residents' side. */
export const isResidentsDocument = (req) => isDocument(req) && !isStaffPlace(req.url) && !file.test(req.url);

const sound = /^\/(?:en\/)?classes\/[0-9a-z]+\/recordings\//;

/** A file somebody sent in to be listened to. */
export const isSound = (url) => sound.test(url);
