/** Addresses that many pages of the slice lead to. */
export const planHref = (slug: string): string => `/${slug}/plan`;
export const actionHref = (slug: string, id: string): string => `/${slug}/actions/${id}`;
export const planCrumbs = (slug: string) => [{ text: 'Plan', href: planHref(slug) }];
