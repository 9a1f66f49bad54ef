/** The same tests in both environments. */
module.exports = {
  rootDir: __dirname,
  projects: [
    { displayName: 'node', testEnvironment: 'node', setupFilesAfterEnv: ['<rootDir>/matchers.cjs'] },
    {
      displayName: 'jsdom',
      testEnvironment: 'jsdom',
      setupFiles: ['<rootDir>/platform.cjs'],
      setupFilesAfterEnv: ['<rootDir>/matchers.cjs'],
      // As browsers resolve packages; jwtight has one build for all.
      testEnvironmentOptions: { customExportConditions: ['browser'] },
    },
  ],
};
