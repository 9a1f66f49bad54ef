const { jwtMatchers } = require('jwtight/testing');

expect.extend(jwtMatchers);
