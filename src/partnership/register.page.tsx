export const mayWriteRegister = ['administrator', 'coordinator'] as const;
export const whoWeAre = (slug: string) => ({ text: 'Who we are', href: `/${slug}/partnership` });
