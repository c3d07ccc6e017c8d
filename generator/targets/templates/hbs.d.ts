/** A template that was compiled before, in the form that Handlebars' runtime takes. */
type TemplateSpecification = Readonly<Record<string, unknown>>;

declare module '*.hbs' {
  const compiled: TemplateSpecification;
  export default compiled;
}

declare module 'handlebars/runtime.js' {
  interface Runtime {
    create(): Runtime;
    registerPartial(name: string, partial: (view: object) => string): void;
    template(compiled: TemplateSpecification): (view: object) => string;
  }
  const runtime: Runtime;
  export default runtime;
}
