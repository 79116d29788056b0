/** No inline script or style anywhere, nothing from elsewhere, in nobody's frame. */
export const everyAnswer = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const html = { ...everyAnswer, 'content-type': 'text/html; charset=utf-8' } as const;

/** A page for one reader. */
export const notKept = { ...html, 'cache-control': 'no-store' } as const;

/** A page that is the same for everybody. */
export const keptBriefly = {
  ...html,
  'cache-control': 'public, max-age=0, must-revalidate',
  vary: 'accept-encoding',
} as const;

/** Open data: pages and programs of any site may read it. */
export const forAnySite = {
  ...everyAnswer,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-cache',
} as const;
