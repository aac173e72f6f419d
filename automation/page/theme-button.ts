import { el } from "./dom";

const NEXT = { auto: "light", light: "dark", dark: "auto" } as const;

const WORDS = { auto: "Colours: as the system", light: "Colours: light", dark: "Colours: dark" } as const;

/** Goes through the colours: as the system has them, light, dark. */
export function themeButton(): HTMLElement {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let theme: keyof typeof NEXT = "auto";
  const button = el("button", { class: "theme", attrs: { type: "button" } });
  const show = () => {
    button.textContent = WORDS[theme];
    document.documentElement.dataset["theme"] = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
  };
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    theme = NEXT[theme];
    show();
  });
  show();
  return button;
}
