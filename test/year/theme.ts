export const theme = `
body { font: 15px/1.4 'Segoe UI', system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; color: #242424; background: #f5f5f5; }
section { margin-top: 3rem; }
article { background: #fff; border-radius: 8px; padding: 12px 16px; margin: 12px 0; box-shadow: 0 1px 3px #0002; }
time { display: block; color: #616161; font-size: 12px; margin-bottom: 6px; }
pre { white-space: pre-wrap; }
.ac-pushButton { border: 1px solid #ccc; border-radius: 4px; background: #fff; padding: 5px 12px; margin: 2px; }
.ac-container { border-radius: 4px; }
`;
