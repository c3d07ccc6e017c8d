/** A Handlebars template; importing one gives its text. */
declare module '*.hbs' {
  const text: string;
  export default text;
}
