import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import imports from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const zone = (target, from, message) => ({ target, from, message });

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", ".trunkline/", "test/conformance/kit/"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.ts"],
    plugins: { "import-x": imports },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Components create children for their effect, and a provider's interface is asynchronous whether or not it waits.
      "no-new": "off",
      "@typescript-eslint/require-await": "off",
      "max-lines": ["error", { max: 250 }],
      "no-restricted-syntax": ["error", { selector: "ExportAllDeclaration", message: "name what is exported" }],
      "no-restricted-imports": [
        "error",
        {
          paths: ["aws", "azure-native", "azuread", "databricks", "github", "kubernetes", "random"].map((name) => ({
            name: `@pulumi/${name}`,
            message:
              "import the single resource, such as @pulumi/aws/s3/bucket: the whole package costs seconds and a gigabyte",
          })),
        },
      ],
      // The arrows of the design: who may import whom.
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            zone(
              "./components",
              ["./automation", "./rehearsal", "./index.ts"],
              "components import nothing of ours outside themselves",
            ),
            zone(
              "./rehearsal",
              ["./automation", "./components", "./index.ts"],
              "rehearsal imports neither automation nor components",
            ),
            {
              target: "./automation/!(engine)/**/*",
              from: "./rehearsal",
              message: "automation reaches the rehearsal only through automation/engine",
            },
            zone("./index.ts", ["./automation", "./rehearsal"], "the program composes components and nothing else"),
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-explicit-any": "off",
    },
  },
  { files: ["**/*.mjs", "**/*.cjs", "**/*.js"], ...tseslint.configs.disableTypeChecked },
  prettier,
);
